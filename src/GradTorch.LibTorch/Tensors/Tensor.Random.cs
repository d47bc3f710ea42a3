using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Without a generator all of these draw from the device's default one.

        /// <summary>Fills with draws from N(mean, std²).</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Aten.CallInto(this, "normal_", this, mean, std, generator);

        /// <summary>Uniform on [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Aten.CallInto(this, "uniform_", this, from, to, generator);

        /// <summary>Uniform on the integers from, …, to − 1.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) =>
            Aten.CallInto(this, "random_.from", this, (long)from, (long)to, generator);

        /// <summary>1 with probability <paramref name="p"/>, else 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Aten.CallInto(this, "bernoulli_.float", this, p, generator);
        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            Aten.CallInto(this, "bernoulli_.Tensor", this, p, generator);

        /// <summary>Density lambda · exp(−lambda · x).</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null) =>
            Aten.CallInto(this, "exponential_", this, lambda, generator);
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null) =>
            Aten.CallInto(this, "cauchy_", this, median, sigma, generator);

        /// <summary>The number of trials up to the first success, which has probability <paramref name="p"/>.</summary>
        public Tensor geometric_(double p, Generator? generator = null) =>
            Aten.CallInto(this, "geometric_", this, p, generator);

        /// <summary>exp of N(mean, std²): the parameters are those of the logarithm.</summary>
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Aten.CallInto(this, "log_normal_", this, mean, std, generator);

        /// <summary>1 with each element as its probability, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.Call("bernoulli", this, generator);

        /// <summary>Poisson draws with each element as their rate.</summary>
        public Tensor poisson(Generator? generator = null) => Aten.Call("poisson", this, generator);

        /// <summary>Binomial draws with each element as the number of trials.</summary>
        public Tensor binomial(Tensor prob, Generator? generator = null) =>
            Aten.Call("binomial", this, prob, generator);

        /// <summary>Indices drawn from the weights in the last dimension.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.Call("multinomial", this, num_samples, replacement, generator);
    }
}
