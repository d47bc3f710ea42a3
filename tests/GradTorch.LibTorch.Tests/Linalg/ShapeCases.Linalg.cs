using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Shapes;

internal static partial class ShapeCases
{
    private static void Products()
    {
        One("matmul", x => x[0].matmul(x[1]), x => matmul(x[0], x[1]));
        One("mm", x => x[0].mm(x[1]), x => mm(x[0], x[1]));
        One("mv", x => x[0].mv(x[1]), x => mv(x[0], x[1]));
        One("bmm", x => x[0].bmm(x[1]), x => bmm(x[0], x[1]));
        One("baddbmm", x => x[0].baddbmm(x[1], x[2], 0.5f, 2), x => baddbmm(x[0], x[1], x[2], 0.5f, 2));
        One("baddbmm broadcast", x => x[0].baddbmm(x[1], x[2]), x => baddbmm(x[0], x[1], x[2]));
        One("addbmm", x => x[0].addbmm(x[1], x[2], 0.5f, 2), x => addbmm(x[0], x[1], x[2], 0.5f, 2), x => Copy(x[0]).addbmm_(x[1], x[2], 0.5f, 2),
            x => addbmm_(Copy(x[0]), x[1], x[2], 0.5f, 2));
        One("addmm", x => x[0].addmm(x[1], x[2], 0.5f, 2), x => addmm(x[0], x[1], x[2], 0.5f, 2), x => Copy(x[0]).addmm_(x[1], x[2], 0.5f, 2),
            x => addmm_(Copy(x[0]), x[1], x[2], 0.5f, 2));
        One("addmv", x => x[0].addmv(x[1], x[2], 0.5f, 2), x => addmv(x[0], x[1], x[2], 0.5f, 2), x => Copy(x[0]).addmv_(x[1], x[2], 0.5f, 2),
            x => addmv_(Copy(x[0]), x[1], x[2], 0.5f, 2));
        One("addr", x => x[0].addr(x[1], x[2], 0.5f, 2), x => addr(x[0], x[1], x[2], 0.5f, 2), x => Copy(x[0]).addr_(x[1], x[2], 0.5f, 2),
            x => addr_(Copy(x[0]), x[1], x[2], 0.5f, 2));
        Many("dot", x => [x[0].dot(x[1]), x[0].vdot(x[1]), x[0].inner(x[1])], x => [dot(x[0], x[1]), vdot(x[0], x[1]), inner(x[0], x[1])]);
        Many("outer", x => [x[0].outer(x[1]), x[0].ger(x[1])], x => [outer(x[0], x[1]), ger(x[0], x[1])]);
        One("kron", x => x[0].kron(x[1]), x => kron(x[0], x[1]));
        One("tensordot", x => x[0].tensordot(x[1]), x => tensordot(x[0], x[1], 2), x => tensordot(x[0], x[1], [1, 2], [0, 1]));
        One("tensordot pairs", x => x[0].tensordot(x[1], [(0, 1), (2, 0)]), x => tensordot(x[0], x[1], [(0, 1), (2, 0)]));
        One("einsum", x => einsum("bij,bjk->bik", x[0], x[1]));
        One("einsum three", x => einsum("i,ij,j->", x[0], x[1], x[2]));
        One("cdist", x => cdist(x[0], x[1]), x => cdist(x[0], x[1], 2, TorchSharp.compute_mode.donot_use_mm_for_euclid_dist));
        One("chain_matmul", x => chain_matmul(x[0], x[1], x[2]), x => linalg.multi_dot([x[0], x[1], x[2]]));
        Many("matrix_power", x => [x[0].matrix_power(3), x[0].matrix_power(-1)], x => [matrix_power(x[0], 3), matrix_power(x[0], -1)]);
        One("matrix_exp", x => x[0].matrix_exp(), x => matrix_exp(x[0]), x => linalg.matrix_exp(x[0]));
        One("vander", x => x[0].vander(3), x => vander(x[0], 3));
        One("linalg cross", x => linalg.cross(x[0], x[1]));
        One("linalg diagonal", x => linalg.diagonal(x[0]));
        One("vecdot", x => linalg.vecdot(x[0], x[1]));
        One("linalg vander", x => linalg.vander(x[0]));
    }

    private static void Norms()
    {
        Many("vector_norm", x => [linalg.vector_norm(x[0]), linalg.vector_norm(x[0], 1, [0]), linalg.vector_norm(x[0], 3, [0, 1], true)]);
        One("vector_norm infinite", x => linalg.vector_norm(x[0], double.PositiveInfinity));
        Many("matrix_norm", x => [linalg.matrix_norm(x[0]), linalg.matrix_norm(x[0], "nuc"), linalg.matrix_norm(x[0], 2), linalg.matrix_norm(x[0], 1)]);
        Many("linalg norm", x => [linalg.norm(x[0]), linalg.norm(x[0], 1, [1]), linalg.norm(x[0], "fro", [0, 1])],
            x => [linalg.norm(x[0]), linalg.norm(x[0], 1.0, [1]), linalg.norm(x[0], "fro")]);
        Many("cond", x => [linalg.cond(x[0]), linalg.cond(x[0], 1), linalg.cond(x[0], "fro")],
            x => [linalg.cond(x[0], 2), linalg.cond(x[0], 1.0), linalg.cond(x[0], "fro")]);
        Many("det", x => [linalg.det(x[0]), .. List(linalg.slogdet(x[0]))], x => [det(x[0]), .. List(slogdet(x[0]))],
            x => [x[0].det(), .. List(slogdet(x[0]))]);
        One("logdet", x => x[0].logdet(), x => logdet(x[0]));
        One("matrix_rank", x => linalg.matrix_rank(x[0]), x => linalg.matrix_rank(x[0], tensor(1e-9)));
    }

    private static void Decompositions()
    {
        Many("inv", x => [linalg.inv(x[0]), linalg.inv_ex(x[0]).L], x => [inverse(x[0]), x[0].inverse()]);
        Many("pinv", x => [linalg.pinv(x[0]), x[0].pinverse()], x => [linalg.pinv(x[0], tensor(1e-9)), pinverse(x[0])]);
        One("solve", x => linalg.solve(x[0], x[1]), x => linalg.solve_ex(x[0], x[1]).result);
        One("solve right", x => linalg.solve(x[0], x[1], left: false));
        One("solve_triangular", x => linalg.solve_triangular(x[0].triu(), x[1], upper: true));
        One("lstsq", x => linalg.lstsq(x[0], x[1]).Solution, x => linalg.lstsq(x[0], x[1], 1e-12).Solution);
        One("lu_solve", x => Solved(x[0], x[1]));
        One("cholesky", x => linalg.cholesky(Square(x[0])), x => linalg.cholesky_ex(Square(x[0])).L, x => Square(x[0]).cholesky(),
            x => Square(x[0]).cholesky(upper: true).mT);
        Many("cholesky_solve", x => [x[1].cholesky_solve(linalg.cholesky(Square(x[0]))), linalg.cholesky(Square(x[0])).cholesky_inverse()],
            x => [cholesky_solve(x[1], linalg.cholesky(Square(x[0]))), cholesky_inverse(linalg.cholesky(Square(x[0])))]);
        Many("qr", x =>
        {
            var (q, r) = linalg.qr(x[0]);
            return [q.matmul(r), q.mT.matmul(q), r.tril(-1)];
        });
        Many("svd", x =>
        {
            var (u, s, vh) = linalg.svd(x[0], fullMatrices: false);
            return [u.matmul(s.diag_embed()).matmul(vh), s, linalg.svdvals(x[0])];
        });
        Many("eigh", x =>
        {
            var (values, vectors) = linalg.eigh(x[0]);
            return [vectors.matmul(values.diag_embed()).matmul(vectors.mT), values, linalg.eigvalsh(x[0], 'U')];
        });
        One("eig", x =>
        {
            var (values, vectors) = linalg.eig(x[0]);
            return vectors.matmul(values.diag_embed()).matmul(linalg.inv(vectors)).view_as_real().select(-1, 0);
        });
        Many("lu", x =>
        {
            var (p, l, u) = linalg.lu(x[0]);
            var (factors, pivots) = linalg.lu_factor(x[0]);
            var (p2, l2, u2) = lu_unpack(factors, pivots!);
            return [p.matmul(l).matmul(u), p2.matmul(l2!).matmul(u2!)];
        });
        One("householder", x =>
        {
            var (reflectors, tau) = x[0].geqrf();
            return linalg.householder_product(reflectors, tau).matmul(reflectors.narrow(0, 0, 3).triu());
        });
        One("tensorinv", x => linalg.tensorinv(x[0].reshape(4, 2, 2), 1));
        One("tensorsolve", x => linalg.tensorsolve(x[0].reshape(2, 2, 4), x[1], null!));
    }

    /// <summary>Positive definite also where a single element of A moves.</summary>
    private static Tensor Square(Tensor a) => a.matmul(a.mT);

    private static Tensor Solved(Tensor a, Tensor b)
    {
        var (factors, pivots) = linalg.lu_factor(a);
        return linalg.lu_solve(factors, pivots!, b);
    }
}
