using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Row i of the weight (num_embeddings, embedding_dims) for each index i of the input.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        /// <summary>What PyTorch's module keeps beside the weight. The row of the padding index gets no gradient; rows that
        /// are looked up are scaled to at most the norm; gradients may be divided by how often an index occurs, or sparse.
        /// </summary>
        internal sealed record Lookup(long? PaddingIndex, double? MaxNorm, double NormType, bool ScaleGradByFrequency, bool Sparse);

        private readonly Lookup _lookup;

        [ComponentName(Name = nameof(weight))]
        private Parameter? _weight;

        internal Embedding(Parameter weight, Lookup lookup) : base(nameof(Embedding))
        {
            this.weight = weight;
            var count = weight.shape[0];
            if (lookup.PaddingIndex is { } padding)
            {
                if (padding < -count || padding >= count)
                    throw new ArgumentException($"Padding_idx must be within num_embeddings: it is {padding}, there are {count} embeddings.");
                if (padding < 0) lookup = lookup with { PaddingIndex = padding + count };
            }
            _lookup = lookup;
        }

        public Parameter weight
        {
            get => _weight!;
            set => Replace(ref _weight, nameof(weight), value);
        }

        public override Tensor forward(Tensor input)
        {
            if (_lookup.MaxNorm is { } norm)
            {
                using var untracked = no_grad();
                using var indices = Aten.Call("contiguous", input);
                Aten.CallInto(weight, "embedding_renorm_", weight, indices, norm, _lookup.NormType);
            }
            return Aten.Call("embedding", weight, input, _lookup.PaddingIndex ?? -1, _lookup.ScaleGradByFrequency, _lookup.Sparse);
        }

        /// <summary>Standard normal, and zero for the padding index.</summary>
        internal Embedding Initialised()
        {
            nn.init.normal_(weight);
            if (_lookup.PaddingIndex is not { } padding) return this;
            using var untracked = no_grad();
            using var row = Aten.Call("select.int", weight, 0, padding);
            nn.init.zeros_(row);
            return this;
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="num_embeddings">Rows of the weight; indices are below it.</param>
            /// <param name="embedding_dims">Length of a row.</param>
            /// <param name="padding_idx">Row that starts at zero and gets no gradient; from the end when negative.</param>
            /// <param name="max_norm">Rows that are looked up are scaled down to this norm.</param>
            /// <param name="norm_type">p of that norm.</param>
            /// <param name="scale_grad_by_freq">Divide gradients by how often an index is in the batch.</param>
            /// <param name="sparse">Make the weight's gradient sparse.</param>
            /// <param name="device">Of the weight.</param>
            /// <param name="dtype">Of the weight.</param>
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
                Device? device = null, ScalarType? dtype = null) =>
                new Embedding(NewParameter.Empty([num_embeddings, embedding_dims], dtype, device),
                    new(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse)).Initialised();

            /// <summary>An embedding whose weight shares the memory of the given tensor, unless type or device differ;
            /// other parameters as <see cref="nn.Embedding"/>.</summary>
            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2.0, bool scale_grad_by_freq = false, bool sparse = false,
                Device? device = null, ScalarType? dtype = null)
            {
                ArgumentNullException.ThrowIfNull(embeddings);
                using var shared = embeddings.detach();
                var weight = shared.to(dtype ?? embeddings.dtype, device ?? embeddings.device);
                return new Embedding(new Parameter(weight, !freeze),
                    new(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse));
            }
        }
    }
}
