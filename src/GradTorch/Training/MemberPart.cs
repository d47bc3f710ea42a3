using static TorchSharp.torch;

namespace GradTorch.Training;

/// <summary>Shows another visitor what one member has of a state: its part of what lies member after member, and all of what they share. Streams
/// of random numbers are left out.</summary>
internal sealed class MemberPart(int member, long members, IStateVisitor visitor) : IStateVisitor
{
    public bool Restores => visitor.Restores;

    public void Visit(string name, Tensor tensor)
    {
        if (tensor.dim() == 0 || tensor.shape[0] != members)
        {
            visitor.Visit(name, tensor);
            return;
        }
        using var own = tensor.narrow(0, member, 1);
        visitor.Visit(name, own);
    }

    public void Visit(string name, Span<long> numbers) => visitor.Visit(name, numbers.Length == members ? numbers.Slice(member, 1) : numbers);

    public void Visit(string name, Span<double> numbers) => visitor.Visit(name, numbers.Length == members ? numbers.Slice(member, 1) : numbers);

    public void Visit(string name, Generator generator)
    {
    }
}
