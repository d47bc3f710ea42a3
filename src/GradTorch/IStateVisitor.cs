using static TorchSharp.torch;

namespace GradTorch;

/// <summary>Goes over the state of a training: all that its next steps depend on. Who has a part of it names each piece; the visitor keeps
/// what is there, or puts what was kept in its place.</summary>
public interface IStateVisitor
{
    /// <summary>What was kept is put back.</summary>
    bool Restores { get; }

    /// <summary>The elements of a tensor, which stays where it is.</summary>
    void Visit(string name, Tensor tensor);

    void Visit(string name, Span<long> numbers);

    void Visit(string name, Span<double> numbers);

    /// <returns>The number as it is from here on.</returns>
    long Visit(string name, long number)
    {
        Span<long> one = [number];
        Visit(name, one);
        return one[0];
    }

    /// <summary>A stream of random numbers; nothing is drawn from it.</summary>
    void Visit(string name, Generator generator);
}
