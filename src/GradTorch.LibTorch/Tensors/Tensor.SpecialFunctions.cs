using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor erf() => Aten.Call("erf", this);
        public Tensor erf_() => Aten.CallInto(this, "erf_", this);
        public Tensor erfc() => Aten.Call("erfc", this);
        public Tensor erfc_() => Aten.CallInto(this, "erfc_", this);
        public Tensor erfinv() => Aten.Call("erfinv", this);
        public Tensor erfinv_() => Aten.CallInto(this, "erfinv_", this);
        public Tensor lgamma() => Aten.Call("lgamma", this);
        public Tensor lgamma_() => Aten.CallInto(this, "lgamma_", this);
        public Tensor digamma() => Aten.Call("digamma", this);
        public Tensor digamma_() => Aten.CallInto(this, "digamma_", this);
        public Tensor i0() => Aten.Call("i0", this);
        public Tensor i0_() => Aten.CallInto(this, "i0_", this);

        /// <summary>The regularised lower incomplete gamma function P(self, other).</summary>
        public Tensor igamma(Tensor other) => Aten.Call("igamma", this, other);

        /// <summary>The regularised upper incomplete gamma function Q(self, other).</summary>
        public Tensor igammac(Tensor other) => Aten.Call("igammac", this, other);

        /// <summary>The logarithm of the <paramref name="p"/>-dimensional multivariate gamma function.</summary>
        public Tensor mvlgamma(long p) => Aten.Call("mvlgamma", this, p);
        public Tensor mvlgamma_(long p) => Aten.CallInto(this, "mvlgamma_", this, p);

        /// <summary>The <paramref name="p"/>-th derivative of the digamma function.</summary>
        public Tensor polygamma(long p) => Aten.Call("polygamma", p, this);
        public Tensor polygamma_(long p) => Aten.CallInto(this, "polygamma_", this, p);
    }
}
