"""A trained network as what ships: `python -m toolkit.model.export CHECKPOINT CORPORA --out FOLDER`.

Writes one ONNX file in int8 with its parameters and calibration inside, the same in float32 for
comparison, and the tokenizer. Needs the extra `train`, and polnear-dev.jsonl in the folder CORPORA.
"""

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

from toolkit.model import calibrate, examples
from toolkit.model.encoder import Encoder
from toolkit.model.network import Network, pretrained
from toolkit.model.words import tokenizer


def parameters(network: Network) -> dict[str, Any]:
    """Return what the decoder needs beside the network; see `toolkit.model.decode.Decoder`."""
    return {
        name: getattr(network, name).detach().double().numpy().round(5).tolist()
        for name in ("transitions", "gap", "rank", "apart")
    } | {"nobody": round(float(network.nobody.detach()), 5)}


def export(network: Network, out: Path, extra: dict[str, Any]) -> None:
    """Write `tagger-float.onnx` and `tagger.onnx` (int8), each with the parameters and `extra` as JSON metadata."""
    out.mkdir(parents=True, exist_ok=True)
    network.eval()
    network.bert.set_attn_implementation("eager")  # the form that onnxruntime knows how to fuse
    whole = parameters(network) | extra
    with tempfile.TemporaryDirectory() as folder:
        raw, fused, prepared = (Path(folder) / f"{name}.onnx" for name in ("raw", "fused", "prepared"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            example = (
                torch.ones(2, 8, dtype=torch.long),
                torch.zeros(2, 8, 3, dtype=torch.long),
                torch.ones(2, 8, dtype=torch.long),
            )
            axes = {
                name: {0: "windows", 1: "subwords"} for name in ("ids", "seen", "mask", "roles", "names", "vectors")
            }
            torch.onnx.export(
                network, example, raw, dynamo=False, opset_version=17, dynamic_axes=axes,
                input_names=["ids", "seen", "mask"], output_names=["roles", "names", "vectors"],
            )  # fmt: skip
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        config = network.bert.config
        model = optimizer.optimize_model(
            str(raw), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size,
            optimization_options=options, opt_level=0,
        )  # fmt: skip
        model.save_model_to_file(str(fused))
        quick = for_single_windows(onnx.load(fused))
        onnx.save(quick, fused)
        _save(quick, out / "tagger-float.onnx", whole)
        # Weights of seven bits: sums then never overflow, and give the same numbers on every processor.
        quantize_dynamic(
            fused, prepared, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
        _save(onnx.load(prepared), out / "tagger.onnx", whole)


def for_single_windows(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the fused graph in the steps that onnxruntime takes fastest on a CPU; nothing is masked any more.

    Attention without a mask runs block by block, and three plain steps beat the joined normalization.
    """
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.node:
        given, out = node.input, node.output[0]
        if node.op_type == "Attention":
            parts = [f"{node.name}/{part}" for part in ("query", "key", "value")]
            heads = next(a.i for a in node.attribute if a.name == "num_heads")
            nodes += [
                helper.make_node("MatMul", given[:2], [f"{node.name}/all"], f"{node.name}/MatMul"),
                helper.make_node("Split", [f"{node.name}/all"], parts, f"{node.name}/Split", axis=2),
                helper.make_node(
                    "MultiHeadAttention", [*parts, given[2]], [out], node.name, domain="com.microsoft", num_heads=heads
                ),
            ]
        elif node.op_type == "SkipLayerNormalization":
            epsilon = next(a.f for a in node.attribute if a.name == "epsilon")
            nodes += [
                helper.make_node("Add", [given[0], given[4]], [f"{out}/biased"], f"{node.name}/Bias"),
                helper.make_node("Add", [f"{out}/biased", given[1]], [f"{out}/sum"], f"{node.name}/Skip"),
                helper.make_node("LayerNormalization", [f"{out}/sum", *given[2:4]], [out], node.name, epsilon=epsilon),
            ]
        else:
            nodes.append(node)
    wanted = {output.name for output in model.graph.output}
    kept: list[onnx.NodeProto] = []
    for node in reversed(nodes):  # what only the mask needed goes
        if wanted.intersection(node.output):
            kept.insert(0, node)
            wanted.update(node.input)
    inputs = [one for one in model.graph.input if one.name in wanted]
    del model.graph.node[:], model.graph.input[:]
    model.graph.node.extend(kept)
    model.graph.input.extend(inputs)
    return model


def _save(model: onnx.ModelProto, path: Path, metadata: dict[str, Any]) -> None:
    del model.metadata_props[:]
    for key, value in metadata.items():
        model.metadata_props.add(key=key, value=json.dumps(value))
    onnx.save(model, path)


def main() -> None:
    """Export a checkpoint, calibrate it on PolNeAR's development part, and write it with what that gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = Network(str(pretrained()))
    network.load_state_dict(torch.load(options.checkpoint))
    export(network, options.out, {})
    shutil.copyfile(pretrained() / "tokenizer.json", options.out / "tokenizer.json")
    reader = tokenizer(options.out / "tokenizer.json")
    dev = [examples.example(d, reader) for d in examples.corpus(options.corpora / "polnear-dev.jsonl")]
    rows, right, owner = calibrate.outcomes(Encoder(options.out / "tagger.onnx"), dev)
    calibration = calibrate.fitted(rows, right).round(4).tolist()
    error = round(calibrate.calibration_error(rows, right, owner), 4)
    recipe = json.loads((options.checkpoint.parent / "recipe.json").read_text(encoding="utf-8"))
    export(
        network, options.out,
        {"calibration": calibration, "expected calibration error": error, "recipe": recipe},
    )  # fmt: skip
    print(f"expected calibration error {error}, over {len(right)} attributions found")


if __name__ == "__main__":
    main()
