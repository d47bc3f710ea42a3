using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initialisers: each fills the tensor in place, unseen by autograd, and returns it.</summary>
        public static partial class init
        {
            public static Tensor ones_(Tensor tensor) => Fill(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => Fill(tensor, 0);

            public static Tensor constant_(Tensor tensor, Scalar val) => Fill(tensor, val);

            /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var untracked = no_grad();
                return Aten.CallInto(tensor, "uniform_", tensor, low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var untracked = no_grad();
                return Aten.CallInto(tensor, "normal_", tensor, mean, std, generator);
            }

            private static Tensor Fill(Tensor tensor, Scalar value)
            {
                using var untracked = no_grad();
                return Aten.CallInto(tensor, "fill_.Scalar", tensor, value);
            }
        }
    }
}
