"""The trained network as ONNX: for one statement a run, in integers of 8 bits."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from stance.batches import Tokens, cut
from stance.network import Trained, loaded, pooled

SMOOTHNESS: Final = 0.8
"""SmoothQuant's alpha. The root mean square error of the logits is 0.15 without it,
0.068 with 0.75, 0.061 with 0.8, 0.054 with 0.85 and 0.082 with 0.9."""

MOST_POSITIONS: Final = 96
"""Tokens that the graph takes; the classifier gives it 72 at most."""

OPERATORS: Final = 20
"""The version of ONNX's operators: the first that has GELU as one."""

_EXAMPLE: Final = (101, 2, 2005, 2006, 2007, 102)
"""Any statement, by which the graph is traced."""

_SMALLEST_INPUT: Final = 1e-3
_SMALLEST_WEIGHT: Final = 1e-4
"""Below these a channel is as good as empty, and would be scaled without bound."""


class Smoothed(nn.Module):
    """A linear layer that takes large channels down and its weights up by as much.

    The result is the same, but the inputs fit better in 8 bits.
    """

    def __init__(self, weight: Tensor, bias: Tensor, largest: Tensor) -> None:
        """Args are outputs by inputs, outputs, and inputs: the largest ones seen."""
        super().__init__()
        weight = weight.detach()
        inputs = largest.clamp(min=_SMALLEST_INPUT) ** SMOOTHNESS
        weights = weight.abs().amax(0).clamp(min=_SMALLEST_WEIGHT)
        scale = inputs / weights ** (1 - SMOOTHNESS)
        scale = scale / scale.mean()
        self.register_buffer("weight", weight * scale)
        self.register_buffer("bias", bias.detach())
        self.register_buffer("scale", 1 / scale)

    def forward(self, rows: Tensor) -> Tensor:
        """The layer's output."""
        return nn.functional.linear(rows * self.scale, self.weight, self.bias)


class Layer(nn.Module):
    """A layer of BERT; attention and GELU are single operators of ONNX."""

    def __init__(self, layer: nn.Module, largest: dict[str, Tensor]) -> None:
        """Takes a layer's weights, and the largest inputs of its products."""
        super().__init__()
        own = layer.attention.self
        self.heads = own.num_attention_heads
        # attention divides by this root; it is in the weights of the query instead
        scale = (own.query.weight.shape[0] / self.heads) ** -0.5
        self.attended = Smoothed(
            torch.cat([own.query.weight * scale, own.key.weight, own.value.weight]),
            torch.cat([own.query.bias * scale, own.key.bias, own.value.bias]),
            largest["attended"],
        )
        up, down = layer.intermediate.dense, layer.output.dense
        self.up = Smoothed(up.weight, up.bias, largest["up"])
        self.down = Smoothed(down.weight, down.bias, largest["down"])
        self.joined = layer.attention.output.dense
        self.first_norm = layer.attention.output.LayerNorm
        self.second_norm = layer.output.LayerNorm

    def forward(self, hidden: Tensor) -> Tensor:
        """Statements by tokens by 384, in and out."""
        query, key, value = self.attended(hidden).chunk(3, -1)
        context = torch.onnx.ops.symbolic(
            "com.microsoft::MultiHeadAttention",
            (query, key, value),
            attrs={"num_heads": self.heads, "scale": 1.0},
            dtype=query.dtype,
            shape=query.shape,
            version=1,
        )
        hidden = self.first_norm(self.joined(context) + hidden)
        wide = nn.functional.gelu(self.up(hidden))
        return self.second_norm(self.down(wide) + hidden)


class OneStatement(nn.Module):
    """The network for one statement, which needs no filling up and no mask."""

    def __init__(
        self, encoder: nn.Module, head: nn.Module, sample: Sequence[Tokens]
    ) -> None:
        """Takes a trained network, and statements to see how large its numbers get."""
        super().__init__()
        words = encoder.embeddings
        positions = words.position_embeddings.weight[:MOST_POSITIONS]
        kind = words.token_type_embeddings.weight[0]
        self.register_buffer("positions", (positions + kind).detach()[None])
        self.words = words.word_embeddings
        self.norm = words.LayerNorm
        largest = _largest_inputs(encoder, sample)
        layers = zip(encoder.encoder.layer, largest, strict=True)
        self.layers = nn.ModuleList([Layer(one, seen) for one, seen in layers])
        self.head = head

    def forward(self, ids: Tensor) -> Tensor:
        """The logits of one statement, 1 by 3, from its tokens, 1 by their number."""
        hidden = self.norm(self.words(ids) + self.positions[:, : ids.shape[1]])
        for layer in self.layers:
            hidden = layer(hidden)
        return self.head(pooled(hidden, ids, torch.ones_like(ids)))


def _largest_inputs(
    encoder: nn.Module, sample: Sequence[Tokens]
) -> list[dict[str, Tensor]]:
    """By layer and product the largest value of each input; at least one statement."""
    largest: list[dict[str, Tensor]] = []
    hooks = []
    for layer in encoder.encoder.layer:
        seen: dict[str, Tensor] = {}
        largest.append(seen)
        parts = {
            "attended": layer.attention.self.query,
            "up": layer.intermediate.dense,
            "down": layer.output.dense,
        }
        hooks += [
            part.register_forward_pre_hook(_watching(seen, name))
            for name, part in parts.items()
        ]
    with torch.no_grad():
        for ids in sample:
            encoder(input_ids=torch.tensor([ids]))
    for hook in hooks:
        hook.remove()
    return largest


def _watching(
    seen: dict[str, Tensor], name: str
) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    def watch(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        now = inputs[0].detach().abs().flatten(0, 1).amax(0)
        seen[name] = torch.maximum(seen.get(name, torch.zeros(1)), now)

    return watch


def export(trained: Trained, sample: Sequence[Tokens], path: Path) -> None:
    """Write a network as ONNX in integers.

    Args:
        trained: its weights.
        sample: statements, at least one, by which its numbers are scaled.
        path: of the file.
    """
    network = OneStatement(*loaded(trained), [cut(ids) for ids in sample]).eval()
    in_floats = path.with_suffix(".float")
    tokens = torch.export.Dim("tokens", min=2, max=MOST_POSITIONS)
    torch.onnx.export(
        network,
        (torch.tensor([_EXAMPLE]),),
        dynamo=True,
        dynamic_shapes=({1: tokens},),
        input_names=["ids"],
        output_names=["logits"],
        opset_version=OPERATORS,
        verbose=False,
    ).save(str(in_floats))
    quantize_dynamic(
        in_floats,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True},
    )
    in_floats.unlink()
    _forget_origin(path)


def _forget_origin(path: Path) -> None:
    """Take out the notes of the exporter: they hold paths of the machine."""
    model = onnx.load(path)
    graph = model.graph
    parts: list[Any] = [model, graph, *graph.node, *graph.initializer]
    parts += [*graph.value_info, *graph.input, *graph.output]
    for part in parts:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    onnx.save(model, path)
