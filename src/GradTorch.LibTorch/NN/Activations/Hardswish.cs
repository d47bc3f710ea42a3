using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·min(max(0, x + 3), 6) / 6.</summary>
    public sealed class Hardswish : ParameterLessModule<Tensor, Tensor>
    {
        internal Hardswish(bool inplace) : base(nameof(Hardswish))
        {
            this.inplace = inplace;
        }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor tensor) => nn.functional.hardswish(tensor, inplace);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static Hardswish Hardswish(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>x·min(max(0, x + 3), 6) / 6.</summary>
                public static Tensor hardswish(Tensor input, bool inplace = false) => inplace
                        ? Aten.CallInto(input, "hardswish_", input).alias()
                        : Aten.Call("hardswish", input);
            }
        }
    }
}
