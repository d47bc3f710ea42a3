using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements of this tensor where <paramref name="condition"/> holds, else those of <paramref name="y"/>.
        /// </summary>
        /// <exception cref="ArgumentException"><paramref name="condition"/> is not Boolean.</exception>
        public Tensor where(Tensor condition, Tensor y)
        {
            ArgumentNullException.ThrowIfNull(condition);
            if (condition.dtype != ScalarType.Bool)
                throw new ArgumentException("The condition to 'where' must be a boolean tensor.", nameof(condition));
            return Aten.Call("where.self", condition, this, y);
        }

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("masked_fill.Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Aten.CallInto(this, "masked_fill_.Scalar", this, mask, value);

        /// <summary>0 where self &lt; 0, 1 where self &gt; 0, else <paramref name="other"/>.</summary>
        public Tensor heaviside(Tensor other) => Aten.Call("heaviside", this, other);
        public Tensor heaviside_(Tensor other) => Aten.CallInto(this, "heaviside_", this, other);
    }
}
