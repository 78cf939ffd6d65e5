#!/usr/bin/python3
"""Writes operators.json: what PyTorch computes for every tensor operator that the stand-in offers.

Run with Debian's python3-torch: /usr/bin/python3 make_operator_fixtures.py. A case has inputs, outputs and, where it has them,
the gradients of sum_k <output_k, w> with w = 1, -3/4, 1/2, ... (see `weights`). The C# side of each case has the same name in
Tensors/OperatorCases*.cs.
"""
import json
import os
import zlib

import torch

CASES = {}
KINDS = {torch.float32: "f4", torch.float64: "f8", torch.bfloat16: "bf", torch.int64: "i8", torch.int32: "i4", torch.bool: "b1"}


def case(name, inputs, function):
    assert name not in CASES, name
    CASES[name] = (inputs.split(), function)


def draw(kind, generator):
    """n: normal, p: positive, u: in (-0.9, 0.9), d: all different, s: symmetric positive definite, b: bool, iK: 0..K-1; then sizes."""
    head, _, sizes = kind.partition(":")
    shape = [int(c) for c in sizes]
    letter, top = head[0], head[1:]
    if letter == "b":
        return torch.rand(shape, generator=generator) < 0.5
    if letter == "i":
        return torch.randint(int(top), shape, generator=generator)
    if letter == "d":
        count = int(torch.tensor(shape).prod())
        return (torch.randperm(count, generator=generator).double() * 0.31 - 1.7).reshape(shape).mul(100).round() / 100
    if letter == "s":
        a = torch.randn(shape, generator=generator, dtype=torch.float64)
        a = a @ a.mT + 2 * torch.eye(shape[-1], dtype=torch.float64)
        return ((a + a.mT) / 2).mul(100).round() / 100
    sample = torch.randn if letter == "n" else torch.rand
    x = sample(shape, generator=generator, dtype=torch.float64)
    x = {"n": x, "p": x * 1.8 + 0.2, "u": x * 1.8 - 0.9}[letter]
    x = x.mul(100).round() / 100
    return torch.where(x == 0, torch.full_like(x, 0.01), x)     # zero is where abs, relu and the like have no gradient


def weights(like):
    k = torch.arange(like.numel())
    return (((k * 7 + 4) % 8 - 3).to(like.dtype) / 4).reshape(like.shape)


def plain(tensor):
    tensor = tensor.detach()
    kind = KINDS[tensor.dtype]
    flat = tensor.contiguous().reshape(-1)
    if kind in ("f8", "bf"):
        values = [float("%.10g" % v) for v in flat.double().tolist()]
    elif kind == "f4":
        values = [float("%.8g" % v) for v in flat.float().tolist()]
    else:
        values = [int(v) for v in flat.tolist()]
    special = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
    return [kind, list(tensor.shape), [special.get(str(v), v) for v in values]]


def run(name, dtype):
    kinds, function = CASES[name]
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    inputs = [draw(kind, generator) for kind in kinds]
    inputs = [x.to(dtype) if x.is_floating_point() else x for x in inputs]
    leaves = [x.clone().requires_grad_() if x.is_floating_point() else x for x in inputs]
    outputs = function(*leaves)
    outputs = [outputs] if isinstance(outputs, torch.Tensor) else list(outputs)
    total = sum((o.double() * weights(o).double()).sum() for o in outputs if o.requires_grad)
    gradients = []
    if isinstance(total, torch.Tensor):
        wanted = [x for x in leaves if x.requires_grad]
        gradients = [None if g is None else plain(g) for g in torch.autograd.grad(total, wanted, allow_unused=True)]
    return {"name": name, "inputs": [plain(x) for x in inputs], "outputs": [plain(o) for o in outputs], "gradients": gradients}


# numbers one by one
for name in "abs neg square exp exp2 expm1 sin cos sinh cosh tanh sigmoid erf erfc relu silu".split():
    case(name, "n:23", getattr(torch, name) if hasattr(torch, name) else getattr(torch.nn.functional, name))
for name in "log log2 log10 log1p sqrt rsqrt reciprocal lgamma digamma".split():
    case(name, "p:23", getattr(torch, name))
for name in "tan asin acos atan erfinv".split():
    case(name, "u:23", getattr(torch, name))
for name in "sign floor ceil round trunc frac".split():
    case(name, "n:23", getattr(torch, name))
for name in "abs_ neg_ exp_ expm1_ sigmoid_ tanh_ erf_ relu_ floor_ ceil_ round_ trunc_".split():
    case(name, "n:23", lambda x, name=name: getattr(x.clone(), name)())
for name in "log_ log1p_ sqrt_ rsqrt_ reciprocal_".split():
    case(name, "p:23", lambda x, name=name: getattr(x.clone(), name)())
F = torch.nn.functional
case("round.decimals", "n:23", lambda x: x.round(decimals=1))
case("silu_", "n:23", lambda x: F.silu(x.clone(), inplace=True))
case("gelu", "n:23", F.gelu)
case("gelu_", "n:23", F.gelu)
case("softplus", "n:23", F.softplus)
case("log_sigmoid", "n:23", F.logsigmoid)
case("leaky_relu", "n:23", lambda x: F.leaky_relu(x, 0.2))
case("softmax", "n:23", lambda x: x.softmax(1))
case("softmax.dtype", "n:23", lambda x: x.softmax(0, dtype=torch.float64))
case("log_softmax", "n:23", lambda x: x.log_softmax(-1))
case("clamp", "n:23", lambda x: x.clamp(-0.5, 0.5))
case("clamp.min", "n:23", lambda x: x.clamp(min=-0.5))
case("clamp.Tensor", "n:23 n:3 p:3", lambda x, a, b: x.clamp(a, b))
case("clamp_", "n:23", lambda x: x.clone().clamp_(-0.5, 0.5))
case("clamp_min", "n:23", lambda x: x.clamp_min(0.1))
case("clamp_min_", "n:23", lambda x: x.clone().clamp_min_(0.1))
case("clamp_max", "n:23", lambda x: x.clamp_max(0.1))
case("clamp_max_", "n:23", lambda x: x.clone().clamp_max_(0.1))
case("clip", "n:23", lambda x: x.clip(-0.3, 0.6))
case("nan_to_num", "n:23", lambda x: (x / 0.0).nan_to_num(1.0, 2.0, -3.0))
case("logit", "p:23", lambda x: (x / 3).logit())

# arithmetic
case("add.Tensor", "n:23 n:3", lambda x, y: x + y)
case("add.Scalar", "n:23", lambda x: x + 1.5)
case("add.alpha", "n:23 n:3", lambda x, y: x.add(y, alpha=-2))
case("add_.Tensor", "n:23 n:3", lambda x, y: x.clone().add_(y))
case("add_.alpha", "n:23 n:3", lambda x, y: x.clone().add_(y, alpha=0.5))
case("add_.Scalar", "n:23", lambda x: x.clone().add_(2))
case("sub.Tensor", "n:23 n:21", lambda x, y: x - y)
case("sub.Scalar", "n:23", lambda x: x - 1.5)
case("sub_.Tensor", "n:23 n:21", lambda x, y: x.clone().sub_(y))
case("sub_.Scalar", "n:23", lambda x: x.clone().sub_(3))
case("rsub", "n:23", lambda x: 2.5 - x)
case("mul.Tensor", "n:23 n:3", lambda x, y: x * y)
case("mul.Scalar", "n:23", lambda x: x * 0.3)
case("mul_.Tensor", "n:23 n:3", lambda x, y: x.clone().mul_(y))
case("mul_.Scalar", "n:23", lambda x: x.clone().mul_(-2))
case("div.Tensor", "n:23 p:3", lambda x, y: x / y)
case("div.Scalar", "n:23", lambda x: x / 0.7)
case("div_.Tensor", "n:23 p:3", lambda x, y: x.clone().div_(y))
case("div_.Scalar", "n:23", lambda x: x.clone().div_(4))
case("div.floor", "n:23 p:3", lambda x, y: x.div(y, rounding_mode="floor"))
case("div.trunc", "n:23", lambda x: x.div(0.3, rounding_mode="trunc"))
case("rdiv", "p:23", lambda x: 2 / x)
case("floor_divide", "n:23 p:3", lambda x, y: x.detach().floor_divide(y.detach()))
case("remainder.Tensor", "n:23 p:3", lambda x, y: x.remainder(y))
case("remainder.Scalar", "n:23", lambda x: x % 0.7)
case("fmod.Tensor", "n:23 p:3", lambda x, y: x.fmod(y))
case("fmod.Scalar", "n:23", lambda x: x.fmod(0.7))
case("pow.Tensor", "p:23 n:3", lambda x, y: x.pow(y))
case("pow.Scalar", "p:23", lambda x: x.pow(1.7))
case("pow.Int", "n:23", lambda x: x.pow(3))
case("pow_.Scalar", "n:23", lambda x: x.clone().pow_(2))
case("pow_.Tensor", "p:23 n:3", lambda x, y: x.clone().pow_(y))
case("maximum", "n:23 n:23", torch.maximum)
case("minimum", "n:23 n:23", torch.minimum)
case("fmax", "n:23 n:3", torch.fmax)
case("fmin", "n:23 n:3", torch.fmin)
case("atan2", "n:23 n:3", torch.atan2)
case("hypot", "n:23 n:3", torch.hypot)
case("logaddexp", "n:23 n:3", torch.logaddexp)
case("xlogy", "p:23 p:3", torch.xlogy)
case("xlogy.Scalar", "p:23", lambda x: torch.xlogy(x, 2.5))
case("lerp", "n:23 n:23 p:3", torch.lerp)
case("lerp_", "n:23 n:23 p:3", lambda x, y, w: x.clone().lerp_(y, w))
case("addcmul", "n:23 n:23 n:3", lambda x, y, z: x.addcmul(y, z, value=0.5))
case("addcmul_", "n:23 n:23 n:3", lambda x, y, z: x.clone().addcmul_(y, z, value=0.5))
case("addcdiv", "n:23 n:23 p:3", lambda x, y, z: x.addcdiv(y, z, value=0.5))
case("addcdiv_", "n:23 n:23 p:3", lambda x, y, z: x.clone().addcdiv_(y, z, value=0.5))

# comparison and logic
for name in "eq ne lt le gt ge".split():
    case(name + ".Tensor", "i4:23 i4:3", getattr(torch, name))
    case(name + ".Scalar", "i4:23", lambda x, name=name: getattr(torch, name)(x, 2))
for name in "less less_equal greater greater_equal not_equal".split():
    case(name, "n:23 n:3", getattr(torch, name))
for name in "isnan isinf isfinite isposinf isneginf".split():
    case(name, "n:23", lambda x, name=name: getattr(torch, name)(torch.stack([x / 0.0, x * 0 / 0.0, x]).detach()))
case("equal", "n:23", lambda x: torch.tensor(torch.equal(x, x.clone())))
case("allclose", "n:23", lambda x: torch.tensor([torch.allclose(x, x + 1e-3), torch.allclose(x, x + 1e-3, atol=0.1)]))
case("isclose", "n:23", lambda x: torch.isclose(x, x.round(), atol=0.2))
case("isin", "i6:23 i6:2", torch.isin)
for name in "logical_and logical_or logical_xor".split():
    case(name, "b:23 b:3", getattr(torch, name))
case("logical_not", "b:23", torch.logical_not)
for name in "bitwise_and bitwise_or bitwise_xor".split():
    case(name, "i9:23 i9:3", getattr(torch, name))
case("bitwise.bool", "b:23 b:3", lambda x, y: (x & y) | (~x ^ y))
case("bitwise_not", "i9:23", torch.bitwise_not)
case("bitwise_left_shift", "i9:23 i4:3", torch.bitwise_left_shift)
case("bitwise_right_shift", "i9:23 i4:3", torch.bitwise_right_shift)

# reductions
case("sum", "n:23", lambda x: x.sum())
case("sum.dtype", "i9:23", lambda x: x.sum(dtype=torch.float64))
case("sum.bool", "b:23", lambda x: x.sum())
case("sum.dim", "n:234", lambda x: x.sum(1, keepdim=True))
case("sum.dim2", "n:234", lambda x: x.sum((0, 2)))
case("sum.dims", "n:234", lambda x: x.sum((-1, 0), keepdim=True))
case("nansum", "n:23", lambda x: (x / x.gt(0)).nansum() * 0 + x.nansum())
case("mean", "n:23", lambda x: x.mean())
case("mean.dims", "n:234", lambda x: x.mean((1, 2), keepdim=True))
case("mean.dtype", "i9:23", lambda x: x.mean((1,), dtype=torch.float64))
case("prod", "n:23", lambda x: x.prod())
case("prod.dim", "n:23", lambda x: x.prod(1, keepdim=True))
for name in "std var".split():
    case(name, "n:23", lambda x, name=name: getattr(x, name)(unbiased=False))
    case(name + ".dim", "n:23", lambda x, name=name: getattr(x, name)(1))
    case(name + ".dims", "n:234", lambda x, name=name: getattr(x, name)((0, 2), unbiased=False, keepdim=True))
    case(name + "_mean", "n:23", getattr(torch, name + "_mean"))
for name in "max min".split():
    case(name, "d:23", getattr(torch, name))
    case(name + ".other", "n:23 n:23", getattr(torch, name))
    case(name + ".dim", "d:34", lambda x, name=name: getattr(torch, name)(x, 1))
    case("a" + name, "d:234", lambda x, name=name: getattr(torch, "a" + name)(x, (0, 2)))
    case("a" + name + ".keepdim", "d:234", lambda x, name=name: getattr(torch, "a" + name)(x, (1,), keepdim=True))
    case("arg" + name, "d:34", getattr(torch, "arg" + name))
    case("arg" + name + ".dim", "d:34", lambda x, name=name: getattr(torch, "arg" + name)(x, 1, keepdim=True))
case("median", "d:33", torch.median)
case("quantile", "d:34", lambda x: torch.quantile(x, torch.tensor([0.1, 0.5, 0.8], dtype=x.dtype), dim=1))
case("kthvalue", "d:34", lambda x: x.kthvalue(2, 1))
case("mode", "i3:35", lambda x: x.mode(1).values)
case("all", "b:23", torch.all)
case("all.dim", "b:23", lambda x: x.all(1))
case("any", "b:23", torch.any)
case("any.dim", "b:23", lambda x: x.any(0, keepdim=True))
case("count_nonzero", "i3:34", lambda x: x.count_nonzero())
case("count_nonzero.dims", "i3:34", lambda x: x.count_nonzero((1,)))
case("cumsum", "n:23", lambda x: x.cumsum(1))
case("cumprod", "n:23", lambda x: x.cumprod(0))
case("cummax", "d:34", lambda x: x.cummax(1))
case("cummin", "d:34", lambda x: x.cummin(1))
case("logcumsumexp", "n:23", lambda x: x.logcumsumexp(1))
case("logsumexp", "n:23", lambda x: x.logsumexp(1, keepdim=True))
case("diff", "n:24", lambda x: x.diff())
case("norm", "n:23", lambda x: x.norm())
case("norm.p", "n:23", lambda x: x.norm(3))
case("norm.dim", "n:23", lambda x: x.norm(2, 1))
case("dist", "n:23 n:23", torch.dist)
case("histc", "n:34", lambda x: x.detach().histc(4, -2, 2))
case("bincount", "i5:9", lambda x: x.bincount(minlength=6))
case("bincount.weights", "i5:9 p:9", lambda x, w: x.bincount(w.detach()))

# shape
case("view", "n:234", lambda x: x.view(6, -1))
case("view_as", "n:23 n:32", lambda x, y: x.view_as(y))
case("reshape", "n:234", lambda x: x.transpose(0, 1).reshape(4, 6))
case("flatten", "n:234", lambda x: x.flatten(1))
case("unflatten", "n:26", lambda x: x.unflatten(1, (3, 2)))
case("ravel", "n:23", torch.ravel)
case("permute", "n:234", lambda x: x.permute(2, 0, 1))
case("transpose", "n:234", lambda x: x.transpose(-2, 0))
case("swapaxes", "n:234", lambda x: x.swapaxes(1, 2))
case("movedim", "n:234", lambda x: x.movedim((0, 1), (2, 0)))
case("t", "n:23", torch.t)
case("mT", "n:234", lambda x: x.mT)
case("T", "n:23", lambda x: x.T)
case("squeeze", "n:2131", torch.squeeze)
case("squeeze.dim", "n:2131", lambda x: x.squeeze(1))
case("squeeze_", "n:2131", lambda x: x.clone().squeeze_(1))
case("unsqueeze", "n:23", lambda x: x.unsqueeze(1))
case("unsqueeze_", "n:23", lambda x: x.clone().unsqueeze_(-1))
case("transpose_", "n:23", lambda x: x.clone().transpose_(0, 1))
case("expand", "n:31", lambda x: x.expand(2, 3, 4))
case("expand_as", "n:31 n:34", lambda x, y: x.expand_as(y))
case("broadcast_to", "n:3", lambda x: x.broadcast_to(2, 3))
case("as_strided", "n:34", lambda x: x.as_strided((2, 2), (4, 1), 1))
case("unfold", "n:7", lambda x: x.unfold(0, 3, 2))
case("repeat", "n:23", lambda x: x.repeat(2, 1, 2))
case("tile", "n:23", lambda x: x.tile((2, 2)))
case("repeat_interleave", "n:23", lambda x: x.repeat_interleave(2, dim=1))
case("repeat_interleave.Tensor", "n:33 i3:3", lambda x, r: x.repeat_interleave(r, dim=0))
case("roll", "n:23", lambda x: x.roll(1, 1))
case("roll.flat", "n:23", lambda x: x.roll(2))
case("roll.dims", "n:23", lambda x: x.roll((1, -1), (0, 1)))
case("flip", "n:234", lambda x: x.flip(0, 2))
case("fliplr", "n:23", torch.fliplr)
case("flipud", "n:23", torch.flipud)
case("narrow", "n:25", lambda x: x.narrow(1, 1, 3))
case("select", "n:25", lambda x: x.select(1, -2))
case("slice", "n:27", lambda x: x[:, 1:6:2])
case("chunk", "n:25", lambda x: x.chunk(3, 1))
case("split", "n:25", lambda x: x.split(2, 1))
case("split.sizes", "n:25", lambda x: x.split([1, 4], 1))
case("tensor_split", "n:52", lambda x: x.tensor_split(3))
case("unbind", "n:23", torch.unbind)
case("tril", "n:34", lambda x: x.tril(1))
case("triu", "n:34", lambda x: x.triu(-1))
case("tril_", "n:33", lambda x: x.clone().tril_())
case("triu_", "n:33", lambda x: x.clone().triu_(1))
case("diag", "n:3", lambda x: x.diag(1))
case("diagonal", "n:34", lambda x: x.diagonal(-1))
case("diag_embed", "n:23", torch.diag_embed)
case("diagflat", "n:3", torch.diagflat)
case("trace", "n:33", torch.trace)
case("contiguous", "n:23", lambda x: x.t().contiguous())
case("clone", "n:23", torch.clone)
case("cat", "n:23 n:13", lambda x, y: torch.cat([x, y]))
case("cat.dim", "n:23 n:21", lambda x, y: torch.cat([x, y], 1))
case("stack", "n:23 n:23", lambda x, y: torch.stack([x, y], 1))
case("hstack", "n:23 n:21", lambda x, y: torch.hstack([x, y]))
case("vstack", "n:23 n:13", lambda x, y: torch.vstack([x, y]))
case("broadcast_tensors", "n:21 n:3", torch.broadcast_tensors)
case("meshgrid", "n:2 n:3", lambda x, y: torch.meshgrid(x, y, indexing="ij"))
case("einsum", "n:234 n:245", lambda x, y: torch.einsum("bij,bjk->bik", x, y))
case("einsum.diagonal", "n:33", lambda x: torch.einsum("ii->i", x))

# selection
case("index_select", "n:34 i3:5", lambda x, i: x.index_select(0, i))
case("gather", "n:34 i4:32", lambda x, i: x.gather(1, i))
case("take", "n:34 i9:5", lambda x, i: x.take(i))
case("take_along_dim", "d:34", lambda x: x.take_along_dim(x.argsort(1), 1))
case("take_along_dim.flat", "n:34 i9:3", lambda x, i: x.take_along_dim(i))
DISTINCT = torch.tensor([[2, 0, 1], [1, 3, 0]])
case("scatter", "n:24 n:23", lambda x, y: x.scatter(1, DISTINCT, y))
case("scatter_", "n:24 n:23", lambda x, y: x.clone().scatter_(1, DISTINCT, y))
case("scatter_add", "n:24 i4:23 n:23", lambda x, i, y: x.scatter_add(1, i, y))
case("scatter_add_", "n:24 i4:23 n:23", lambda x, i, y: x.clone().scatter_add_(1, i, y))
case("index_add", "n:42 i4:3 n:32", lambda x, i, y: x.index_add(0, i, y, alpha=2))
case("index_add_", "n:42 i4:3 n:32", lambda x, i, y: x.clone().index_add_(0, i, y, alpha=-1))
case("index_copy", "n:42 n:32", lambda x, y: x.index_copy(0, torch.tensor([3, 0, 2]), y))
case("index_copy_", "n:42 n:32", lambda x, y: x.clone().index_copy_(0, torch.tensor([3, 0, 2]), y))
case("index_fill", "n:42 i4:2", lambda x, i: x.index_fill(0, i, 7))
case("index_fill_", "n:42 i4:2", lambda x, i: x.clone().index_fill_(0, i, 7))
case("select_scatter", "n:34 n:4", lambda x, y: x.select_scatter(y, 0, 1))
case("slice_scatter", "n:34 n:24", lambda x, y: x.slice_scatter(y, 0, start=1, end=3, step=1))
case("masked_fill", "n:23 b:3", lambda x, m: x.masked_fill(m, -5))
case("masked_fill_", "n:23 b:3", lambda x, m: x.clone().masked_fill_(m, float("-inf")))
case("masked_scatter", "n:23 b:23 n:6", lambda x, m, y: x.masked_scatter(m, y))
case("masked_scatter_", "n:23 b:23 n:6", lambda x, m, y: x.clone().masked_scatter_(m, y))
case("masked_select", "n:23 b:23", torch.masked_select)
case("where", "b:23 n:23 n:3", torch.where)
case("where.places", "b:34", torch.where)
case("nonzero", "i2:34", torch.nonzero)
case("argwhere", "i2:34", torch.argwhere)
case("sort", "d:34", lambda x: x.sort(1, descending=True))
case("argsort", "d:34", lambda x: x.argsort(0))
case("msort", "d:34", torch.msort)
case("topk", "d:34", lambda x: x.topk(2, 1))
case("topk.smallest", "d:34", lambda x: x.topk(2, 0, largest=False))
case("bucketize", "n:23", lambda x: torch.bucketize(x.detach(), torch.tensor([-1.0, 0.0, 1.0], dtype=x.dtype), right=True))
case("searchsorted", "n:23", lambda x: torch.searchsorted(torch.tensor([-1.0, 0.0, 1.0], dtype=x.dtype), x.detach()))
case("unique", "i4:34", lambda x: x.unique(return_inverse=True, return_counts=True))
case("unique.dim", "i2:42", lambda x: x.unique(dim=0))
case("unique_consecutive", "i2:9", lambda x: x.unique_consecutive(return_counts=True))
case("copy_", "n:23 n:3", lambda x, y: x.clone().copy_(y))
case("fill_", "n:23", lambda x: x.clone().fill_(3))
case("zero_", "n:23", lambda x: x.clone().zero_())


# index expressions
def assigned(x, place, value):
    y = x.clone()
    y[place] = value
    return y


case("index.long", "n:234", lambda x: x[1])
case("index.longs", "n:234", lambda x: x[1, -1])
case("index.all_longs", "n:234", lambda x: x[1, 2, 3])
case("index.range", "n:54", lambda x: x[1:4, -2:])
case("index.step", "n:74", lambda x: x[1::3])
case("index.ellipsis", "n:234", lambda x: x[..., 1])
case("index.ellipsis_middle", "n:2343", lambda x: x[0, ..., 1:3])
case("index.none", "n:23", lambda x: x[:, None, 1])
case("index.bool", "n:23", lambda x: x[True])
case("index.mask", "n:34 b:34", lambda x, m: x[m])
case("index.row_mask", "n:34 b:3", lambda x, m: x[m, 1:])
case("index.tensor", "n:34 i3:5", lambda x, i: x[i])
case("index.tensors", "n:34 i3:5 i4:5", lambda x, i, j: x[i, j])
case("index.tensor_then_slice", "n:354 i3:2 i4:2", lambda x, i, j: x[i, 1:3, j])
case("index.column_of_tensor", "n:34 i4:2", lambda x, i: x[:, i])
case("index.number_and_tensor", "n:234 i4:2", lambda x, i: x[1, :, i])
case("put.long", "n:34 n:4", lambda x, v: assigned(x, 1, v))
case("put.longs", "n:34", lambda x: assigned(x, (2, 3), 9.0))
case("put.slice", "n:34 n:31", lambda x, v: assigned(x, (slice(None), slice(1, 3)), v))
case("put.leading_ones", "n:34 n:124", lambda x, v: assigned(x, slice(0, 2), v))
case("put.mask", "n:34 b:34", lambda x, m: assigned(x, m, -1.0))
case("put.tensor", "n:54 n:24", lambda x, v: assigned(x, torch.tensor([4, 1]), v))
case("put.accumulate", "n:54 i5:6 n:64", lambda x, i, v: x.clone().index_put_((i,), v, accumulate=True))

# products and linear algebra
case("matmul", "n:234 n:45", torch.matmul)
case("mm", "n:23 n:34", torch.mm)
case("bmm", "n:223 n:232", torch.bmm)
case("mv", "n:23 n:3", torch.mv)
case("dot", "n:4 n:4", torch.dot)
case("vdot", "n:4 n:4", torch.vdot)
case("inner", "n:23 n:43", torch.inner)
case("outer", "n:3 n:4", torch.outer)
case("addmm", "n:4 n:23 n:34", lambda x, a, b: x.addmm(a, b, beta=0.5, alpha=2))
case("addmm_", "n:24 n:23 n:34", lambda x, a, b: x.clone().addmm_(a, b))
case("addmv", "n:2 n:23 n:3", torch.addmv)
case("addbmm", "n:22 n:323 n:332", torch.addbmm)
case("baddbmm", "n:322 n:323 n:332", lambda x, a, b: x.baddbmm(a, b, beta=0.5, alpha=2))
case("tensordot", "n:234 n:432", lambda x, y: torch.tensordot(x, y, ([2, 1], [0, 1])))
case("kron", "n:22 n:23", torch.kron)
case("det", "n:33", torch.det)
case("logdet", "s:33", torch.logdet)
case("inverse", "s:33", torch.inverse)
case("cholesky", "s:33", torch.linalg.cholesky)
case("matrix_power", "n:33", lambda x: x.matrix_power(3))
case("matrix_exp", "n:33", torch.matrix_exp)
case("linalg.slogdet", "n:33", torch.linalg.slogdet)
case("linalg.pinv", "n:34", torch.linalg.pinv)
case("linalg.solve", "s:33 n:32", torch.linalg.solve)
case("linalg.solve_triangular", "s:33 n:32", lambda a, b: torch.linalg.solve_triangular(a.tril(), b, upper=False))
case("linalg.lstsq", "n:43 n:42", lambda a, b: torch.linalg.lstsq(a, b).solution)
case("linalg.eigh", "s:33", lambda x: torch.linalg.eigh(x)[0])
case("linalg.eigvalsh", "s:33", torch.linalg.eigvalsh)
case("linalg.svd", "n:34", lambda x: torch.linalg.svd(x, full_matrices=False)[1])
case("linalg.svdvals", "n:34", torch.linalg.svdvals)
case("linalg.qr", "n:33", lambda x: [f.abs() for f in torch.linalg.qr(x)])
case("linalg.norm", "n:34", torch.linalg.norm)
case("linalg.norm.ord", "n:34", lambda x: torch.linalg.norm(x, 1.0))
case("linalg.norm.nuc", "n:34", lambda x: torch.linalg.norm(x, "nuc"))
case("linalg.vector_norm", "n:34", lambda x: torch.linalg.vector_norm(x, 3, (1,)))
case("linalg.matrix_norm", "n:234", torch.linalg.matrix_norm)
case("linalg.matrix_norm.ord", "n:34", lambda x: torch.linalg.matrix_norm(x, 2))
case("linalg.matrix_rank", "n:34", lambda x: torch.linalg.matrix_rank(x.detach()))
case("linalg.multi_dot", "n:23 n:34 n:42", lambda x, y, z: torch.linalg.multi_dot([x, y, z]))

# conversion and creation
case("to.bfloat16", "n:23", lambda x: (x.bfloat16() * 3).bfloat16())
case("to.float", "i9:23", lambda x: x.float() / 3)
case("to.int", "n:23", lambda x: (x * 3).int())
case("to.long", "n:23", lambda x: (x * 3).long())
case("to.bool", "i2:23", lambda x: x.bool())
case("type_as", "i9:23 n:3", lambda x, y: x.type_as(y))
case("bfloat16.matmul", "n:23 n:34", lambda x, y: x.bfloat16() @ y.bfloat16())
case("promotion", "i9:23 n:3 b:3", lambda x, y, m: x + y * m)
case("promotion.long", "i9:23 b:3", lambda x, m: x * m + 1)
case("promotion.true_division", "i9:23", lambda x: x / 4)
case("arange", "i2:1", lambda _: torch.arange(2, 11, 3))
case("arange.float", "i2:1", lambda _: torch.arange(0.0, 1.0, 0.3, dtype=torch.float64))
case("linspace", "i2:1", lambda _: torch.linspace(-1, 2, 7, dtype=torch.float64))
case("logspace", "i2:1", lambda _: torch.logspace(0, 1, 4, dtype=torch.float64))
case("eye", "i2:1", lambda _: torch.eye(2, 3))
case("full", "i2:1", lambda _: torch.full((2, 3), 1.5))
case("full.long", "i2:1", lambda _: torch.full((2,), 3))
case("full_like", "n:23", lambda x: torch.full_like(x, 2))
case("zeros_like", "n:23", torch.zeros_like)
case("ones_like", "n:23", lambda x: torch.ones_like(x, dtype=torch.int64))
case("ones", "i2:1", lambda _: torch.ones(2, 3, dtype=torch.bool))

# the same seed gives the same numbers
def seeded(function):
    def draw_seeded(*inputs):
        torch.manual_seed(7)
        return function(*inputs)
    return draw_seeded


case("rand", "i2:1", seeded(lambda _: torch.rand(2, 3)))
case("randn", "i2:1", seeded(lambda _: torch.randn(4, 5, dtype=torch.float64)))
case("randint", "i2:1", seeded(lambda _: torch.randint(3, 9, (2, 3))))
case("randperm", "i2:1", seeded(lambda _: torch.randperm(6)))
case("normal", "i2:1", seeded(lambda _: torch.normal(1.0, 2.0, (3,))))
case("rand_like", "n:23", seeded(torch.rand_like))
case("randn_like", "n:23", seeded(torch.randn_like))
case("randint_like", "n:23", seeded(lambda x: torch.randint_like(x, 2, 8)))
case("bernoulli", "p:23", seeded(lambda x: (x / 2).bernoulli().detach()))
case("multinomial", "p:24", seeded(lambda x: x.detach().multinomial(2)))
case("normal_", "n:23", seeded(lambda x: x.detach().clone().normal_(1, 2)))
case("uniform_", "n:23", seeded(lambda x: x.detach().clone().uniform_(-1, 3)))
case("bernoulli_", "n:23", seeded(lambda x: x.detach().clone().bernoulli_(0.3)))
case("exponential_", "n:23", seeded(lambda x: x.detach().clone().exponential_(2)))
case("random_", "n:23", seeded(lambda x: x.detach().clone().random_(1, 9)))

if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = []
    for name, (kinds, _) in sorted(CASES.items()):
        floating = any(kind[0] in "npuds" for kind in kinds)
        for dtype in [torch.float64, torch.float32] if floating else [torch.float64]:
            cases.append(run(name, dtype))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "operators.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write('{"torch": "%s", "cases": [\n' % torch.__version__)
        file.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
        file.write("\n]}\n")
