"""Makes shapes.json: what PyTorch's shape, index, join, sort and linear algebra operators give for fixed inputs.

    /usr/bin/python3 tests/Fixtures/shapes.py

Inputs are stored too, so reading the fixtures needs no random numbers. Decompositions, whose signs are free, are
recorded by what they reconstruct. A case that says grad=False has no gradient to check: whole numbers come out, or
libtorch 1.13 has no right one (vander and cond change in place what they need for it; eigenvectors have free signs).
"""
import json
import pathlib

import torch

torch.manual_seed(20)
CASES = {}


def real(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def stored(tensor):
    if isinstance(tensor, (list, tuple)):
        tensor = torch.tensor(tensor)
    return {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape),
            "values": [float(value) for value in tensor.flatten().tolist()]}


def case(name, operator, *inputs, grad=True):
    assert name not in CASES, name
    outputs = operator(*inputs)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    CASES[name] = {"gradient": grad, "inputs": [stored(x) for x in inputs], "outputs": [stored(x) for x in outputs]}


def index(*values):
    return torch.tensor(values)


m, n, c, v, w = real(3, 4), real(3, 4), real(2, 3, 4), real(4), real(3)
square = real(3, 3) + 3 * torch.eye(3, dtype=torch.float64)
definite = square @ square.mT
rows, columns = index(2, 0, 2), index(0, 3, 1, 1)
at = torch.tensor([[0, 2, 1, 0], [3, 3, 0, 1], [1, 0, 2, 2]])
mask = torch.tensor([[True, False, True, False], [False, True, True, True], [False, False, True, False]])
whole = torch.tensor([[3, 1, 3, 2], [0, 3, 1, 1]])

# Shapes
case("view", lambda x: x.view(2, -1), c)
case("view_as", lambda x, y: x.view(4, 3), m, real(4, 3))
case("reshape", lambda x: x.mT.reshape(6, 4), c)
case("ravel", lambda x: x.ravel(), m)
case("flatten", lambda x: x.flatten(1, 2), c)
case("unflatten", lambda x: x.unflatten(1, (2, 2)), m)
case("squeeze", lambda x: [x.squeeze(), x.squeeze(0)], real(1, 3, 1))
case("unsqueeze", lambda x: x.unsqueeze(1), m)
case("atleast", lambda x: [torch.atleast_1d(x), torch.atleast_2d(x), torch.atleast_3d(x)], v)
case("expand", lambda x: x.expand(2, -1, 4), real(3, 1))
case("expand_as", lambda x, y: x.expand_as(y), v, m)
case("broadcast_to", lambda x: x.broadcast_to(3, 4), v)
case("repeat", lambda x: x.repeat(2, 1, 3), m)
case("tile", lambda x: x.tile((2,)), m)
case("repeat_interleave", lambda x: [x.repeat_interleave(2, 1), x.repeat_interleave(torch.tensor([1, 0, 2]), 0)], m)
case("as_strided", lambda x: x.as_strided((2, 3), (1, 2), 1), m)
case("unfold", lambda x: x.unfold(1, 2, 1), m)
case("view_as_complex", lambda x: torch.view_as_real(torch.view_as_complex(x)), real(3, 2))

# Transposition
case("transpose", lambda x: x.transpose(0, 2), c)
case("t", lambda x: x.t(), m)
case("mT", lambda x: x.mT, c)
case("permute", lambda x: x.permute(2, 0, 1), c)
case("movedim", lambda x: x.movedim((0, 1), (2, 0)), c)
case("movedim one", lambda x: x.movedim(0, 2), c)
case("flip", lambda x: x.flip(0, 2), c)
case("fliplr flipud", lambda x: [x.fliplr(), x.flipud()], m)
case("rot90", lambda x: [x.rot90(), x.rot90(3, (1, 2))], c)
case("roll", lambda x: [x.roll(3), x.roll(1, 1), x.roll((1, 2), (0, 1))], m)

# Slicing
case("narrow", lambda x: x.narrow(1, 1, 2), m)
case("select", lambda x: x.select(1, -1), c)
case("slice", lambda x: x[:, 1:4:2], m)
case("select_scatter", lambda x, y: x.select_scatter(y, 0, 1), m, v)
case("slice_scatter", lambda x, y: x.slice_scatter(y, 1, 1, 3, 1), m, real(3, 2))
case("diagonal_scatter", lambda x, y: x.diagonal_scatter(y, 1), m, w)
case("diag", lambda x: [x.diag(1), x.diag(1).diag(-1)], m)
case("diagflat", lambda x: x.diagflat(1), w)
case("diag_embed", lambda x: x.diag_embed(), m)
case("diagonal", lambda x: x.diagonal(1, 0, 2), c)
case("trace", lambda x: x.trace(), square)
case("tril", lambda x: x.tril(1), m)
case("triu", lambda x: x.triu(-1), m)

# Splitting and joining
case("split", lambda x: x.split(3, 1), m)
case("split sizes", lambda x: x.split([1, 3], 1), m)
case("chunk", lambda x: x.chunk(2, 0), m)
case("unbind", lambda x: x.unbind(1), m)
case("tensor_split", lambda x: x.tensor_split(3, 1), m)
case("tensor_split at", lambda x: x.tensor_split([1, 2], 1), m)
case("vsplit", lambda x: x.vsplit(3), m)
case("hsplit", lambda x: x.hsplit(2), m)
case("dsplit", lambda x: x.dsplit(2), c)
case("cat", lambda x, y: torch.cat([x, y], 1), m, n)
case("stack", lambda x, y: torch.stack([x, y], 1), m, n)
case("hstack", lambda x, y: torch.hstack([x, y]), m, n)
case("vstack", lambda x, y: torch.vstack([x, y]), m, n)
case("dstack", lambda x, y: torch.dstack([x, y]), m, n)
case("column_stack", lambda x, y: torch.column_stack([x, y]), m, w)
case("block_diag", lambda x, y: torch.block_diag(x, y), m, square)
case("meshgrid", lambda x, y: torch.meshgrid(x, y, indexing="ij"), v, w)
case("meshgrid xy", lambda x, y: torch.meshgrid(x, y, indexing="xy"), v, w)
case("broadcast_tensors", lambda x, y: torch.broadcast_tensors(x, y), m, v)
case("cartesian_prod", lambda x, y: torch.cartesian_prod(x, y), v, w)
case("combinations", lambda x: torch.combinations(x, 2), v)

# Gathering
case("gather", lambda x, i: x.gather(1, i), m, at)
case("scatter", lambda x, i, y: x.scatter(1, i, y), m, index([0, 1], [2, 3], [1, 0]), real(3, 2))
case("scatter_add", lambda x, i, y: x.scatter_add(1, i, y), m, at, n)
case("index_select", lambda x, i: x.index_select(0, i), m, rows)
case("index_add", lambda x, i, y: x.index_add(0, i, y, alpha=0.5), m, rows, n)
case("index_copy", lambda x, i, y: x.index_copy(0, i, y), m, index(2, 0, 1), n)
case("index_fill", lambda x, i: x.index_fill(0, i, 7.5), m, index(2, 0))
case("masked_select", lambda x, k: x.masked_select(k), m, mask)
case("masked_scatter", lambda x, k, y: x.masked_scatter(k, y), m, mask, n)
case("take", lambda x, i: x.take(i), m, index(0, 11, 5, 5))
case("take_along_dim", lambda x, i: [x.take_along_dim(i, 1), x.take_along_dim(i)], m, at)
case("nonzero", lambda x: [x.nonzero(), torch.argwhere(x)], whole, grad=False)
case("where", lambda k: torch.where(k), mask, grad=False)

# Indexing
case("index position", lambda x: x[1], c)
case("index positions", lambda x: x[1, 2, -1], c)
case("index slice", lambda x: x[:, 1:, ::2], c)
case("index ellipsis", lambda x: x[..., 1], c)
case("index new axis", lambda x: x[:, None, 1], c)
case("index range", lambda x: x[1:3, -2:], m)
case("index tensor", lambda x, i: x[:, i], m, columns)
case("index tensors", lambda x, i, j: x[i, j], m, rows, index(1, 3, 0))
case("index mask", lambda x, k: x[k], m, mask)
case("index mask and slice", lambda x, k: x[:, k, 1:], c, torch.tensor([True, False, True]))
case("index apart", lambda x, i, j: x[i, :, j], c, index(0, 1), index(3, 1))
case("index bool", lambda x: x[True], v)
case("index set", lambda x, y: torch.stack([x[0], y, x[2]]), m, v)
case("index set slice", lambda x, y: torch.cat([x[:, :1], y.expand(3, 2), x[:, 3:]], 1), m, real(2))
case("index set tensor", lambda x, i, y: x.index_put((i,), y), m, index(2, 0), real(2, 4))
case("index set mask", lambda x, k: x.masked_fill(k, -1.5), m, mask)
case("index_put accumulate", lambda x, i, y: x.index_put((i,), y, True), m, rows, n)

# Sorting
case("sort", lambda x: x.sort(1), m)
case("sort descending", lambda x: x.sort(0, True), m)
case("sort stable", lambda x: torch.sort(x, dim=1, stable=True), whole, grad=False)
case("msort", lambda x: x.msort(), m)
case("argsort", lambda x: x.argsort(1, True), m, grad=False)
case("topk", lambda x: x.topk(2, 1), m)
case("topk smallest", lambda x: x.topk(2, 0, False), m)
case("kthvalue", lambda x: x.kthvalue(2, 1), m)
case("unique", lambda x: torch.unique(x, return_inverse=True, return_counts=True), whole, grad=False)
case("unique rows", lambda x: torch.unique(x, dim=0), torch.tensor([[2, 1], [0, 3], [2, 1]]), grad=False)
case("unique_consecutive", lambda x: torch.unique_consecutive(x, return_counts=True), index(1, 1, 2, 2, 2, 1), grad=False)
case("bincount", lambda x: x.flatten().bincount(), whole, grad=False)
case("bincount weights", lambda x, y: x.bincount(y, 6), index(0, 2, 2, 1), v, grad=False)
case("bucketize", lambda x: torch.bucketize(x, torch.tensor([-0.5, 0.0, 0.5], dtype=torch.float64)), m, grad=False)
case("searchsorted", lambda s, x: torch.searchsorted(s, x, right=True), index(1, 3, 5), whole, grad=False)
case("histc", lambda x: x.histc(4, -2, 2), m, grad=False)

# Products
b1, b2, bias = real(2, 3, 4), real(2, 4, 5), real(2, 3, 5)
case("matmul", lambda x, y: x @ y, c, real(4, 2))
case("mm", lambda x, y: x.mm(y), m, real(4, 2))
case("mv", lambda x, y: x.mv(y), m, v)
case("bmm", lambda x, y: x.bmm(y), b1, b2)
case("baddbmm", lambda z, x, y: torch.baddbmm(z, x, y, beta=0.5, alpha=2), bias, b1, b2)
case("baddbmm broadcast", lambda z, x, y: torch.baddbmm(z, x, y), real(2, 1, 5), b1, b2)
case("addbmm", lambda z, x, y: torch.addbmm(z, x, y, beta=0.5, alpha=2), real(3, 5), b1, b2)
case("addmm", lambda z, x, y: torch.addmm(z, x, y, beta=0.5, alpha=2), real(3, 2), m, real(4, 2))
case("addmv", lambda z, x, y: torch.addmv(z, x, y, beta=0.5, alpha=2), w, m, v)
case("addr", lambda z, x, y: torch.addr(z, x, y, beta=0.5, alpha=2), m, w, v)
case("dot", lambda x, y: [x.dot(y), x.vdot(y), x.inner(y)], v, real(4))
case("outer", lambda x, y: [x.outer(y), x.ger(y)], v, w)
case("kron", lambda x, y: x.kron(y), real(2, 2), real(1, 3))
case("tensordot", lambda x, y: torch.tensordot(x, y, 2), c, real(3, 4, 2))
case("tensordot pairs", lambda x, y: torch.tensordot(x, y, ([0, 2], [1, 0])), c, real(4, 2))
case("einsum", lambda x, y: torch.einsum("bij,bjk->bik", x, y), b1, b2)
case("einsum three", lambda x, y, z: torch.einsum("i,ij,j->", x, y, z), w, m, v)
case("cdist", lambda x, y: torch.cdist(x, y), m, real(5, 4))
case("chain_matmul", lambda x, y, z: torch.linalg.multi_dot([x, y, z]), m, real(4, 2), real(2, 3))
case("matrix_power", lambda x: [x.matrix_power(3), x.matrix_power(-1)], square)
case("matrix_exp", lambda x: x.matrix_exp(), 0.3 * square)
case("vander", lambda x: torch.vander(x, 3), v, grad=False)

# torch.linalg
L = torch.linalg
case("vector_norm", lambda x: [L.vector_norm(x), L.vector_norm(x, 1, (0,)), L.vector_norm(x, 3, (0, 1), True)], m)
case("vector_norm infinite", lambda x: L.vector_norm(x, float("inf")), m)
case("matrix_norm", lambda x: [L.matrix_norm(x), L.matrix_norm(x, "nuc"), L.matrix_norm(x, 2), L.matrix_norm(x, 1)], c)
case("linalg norm", lambda x: [L.norm(x), L.norm(x, 1, (1,)), L.norm(x, "fro", (0, 1))], m)
case("cond", lambda x: [L.cond(x), L.cond(x, 1), L.cond(x, "fro")], square, grad=False)
case("det", lambda x: [x.det(), *L.slogdet(x)], square)
case("logdet", lambda x: x.logdet(), definite)
case("matrix_rank", lambda x: L.matrix_rank(x), torch.ones(3, 4, dtype=torch.float64), grad=False)
case("inv", lambda x: [L.inv(x), L.inv_ex(x)[0]], square)
case("pinv", lambda x: [L.pinv(x), x.pinverse()], m)
case("solve", lambda a, b: L.solve(a, b), square, m)
case("solve right", lambda a, b: L.solve(a, b, left=False), square, real(2, 3))
case("solve_triangular", lambda a, b: L.solve_triangular(a.triu(), b, upper=True), square, m)
case("lstsq", lambda a, b: L.lstsq(a, b).solution, real(5, 3), real(5, 2))
case("lu_solve", lambda a, b: L.solve(a, b), square, m)
case("cholesky", lambda x: L.cholesky(x @ x.mT), square)
case("cholesky_solve", lambda x, y: [y.cholesky_solve(L.cholesky(x @ x.mT)), L.cholesky(x @ x.mT).cholesky_inverse()], square, m)
case("qr", lambda x: [x, torch.eye(3, dtype=torch.float64), torch.zeros(3, 3, dtype=torch.float64)], real(4, 3))
case("svd", lambda x: [x, L.svdvals(x), L.svdvals(x)], m)
case("eigh", lambda x: [x, L.eigvalsh(x), L.eigvalsh(x)], definite, grad=False)
case("eig", lambda x: x, square, grad=False)
case("lu", lambda x: [x, x], square)
case("householder", lambda x: x, real(4, 3), grad=False)
case("linalg cross", lambda x, y: L.cross(x, y), real(2, 3), real(2, 3))
case("linalg diagonal", lambda x: L.diagonal(x), c)
case("vecdot", lambda x, y: L.vecdot(x, y), m, n)
case("linalg vander", lambda x: L.vander(x), w)
case("tensorinv", lambda x: L.tensorinv(x.reshape(4, 2, 2), 1), real(4, 4))
case("tensorsolve", lambda x, y: L.tensorsolve(x.reshape(2, 2, 4), y), real(4, 4), real(2, 2))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in CASES.items()) + "\n}\n")
