using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>A new last dimension that is 1 at the index and 0 elsewhere.</summary>
            /// <param name="x">Class indices, int64.</param>
            /// <param name="num_classes">Length of that dimension; −1 takes one more than the largest index.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.Call("one_hot", x, num_classes);
        }
    }
}
