namespace TorchSharp.Modules;

/// <summary>Options of a parameter group; null means "the optimiser's" until the group is added.</summary>
public class OptimizerOptions
{
    private double? _learningRate;
    private double? _initialLearningRate = 0;

    public double? LearningRate
    {
        get => _learningRate;
        set => _learningRate = value;
    }

    public double InitialLearningRate
    {
        get => _initialLearningRate!.Value;
        set => _initialLearningRate = value;
    }

    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new FieldWriter(writer));

    public virtual void LoadStateDict(BinaryReader reader) => Visit(new FieldReader(reader, torch.CPU));

    /// <exception cref="ArgumentException">The other options are of another optimiser.</exception>
    public virtual void LoadStateDict(OptimizerOptions source) => Visit(new FieldCopier(FieldSnapshot.Of(source, GetType()), torch.CPU));

    /// <summary>Takes what is not set from the optimiser's defaults.</summary>
    internal void FillFrom(OptimizerOptions defaults)
    {
        Visit(new FieldFiller(FieldSnapshot.Of(defaults, GetType())));
        InitialLearningRate = LearningRate!.Value;
    }

    internal virtual void Visit(IFieldVisitor visitor)
    {
        visitor.Number(ref _initialLearningRate);
        visitor.Number(ref _learningRate);
    }
}
