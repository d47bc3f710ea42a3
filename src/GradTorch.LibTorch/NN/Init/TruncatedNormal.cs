using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Normal, cut off outside [<paramref name="a"/>, <paramref name="b"/>] by the inverse distribution
            /// function, so that every element takes one draw.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0,
                Generator? generator = null)
            {
                var (low, high) = (NormalDistribution((a - mean) / std), NormalDistribution((b - mean) / std));
                using var untracked = no_grad();
                uniform_(tensor, 2 * low - 1, 2 * high - 1, generator);
                Aten.CallInto(tensor, "erfinv_", tensor);
                Aten.CallInto(tensor, "mul_.Scalar", tensor, std * Math.Sqrt(2));
                Aten.CallInto(tensor, "add_.Scalar", tensor, mean);
                // Rounding may carry a draw at the edge over it.
                return Aten.CallInto(tensor, "clamp_", tensor, a, b);
            }

            private static double NormalDistribution(double x)
            {
                using var argument = FromMemory<double>([x / Math.Sqrt(2)], [], ScalarType.Float64);
                using var erf = Aten.Call("erf", argument);
                return (1 + erf.item<double>()) / 2;
            }
        }
    }
}
