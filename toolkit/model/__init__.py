"""The trained tagger: its weights and tokenizer, text to tags, their decoding, its training."""
