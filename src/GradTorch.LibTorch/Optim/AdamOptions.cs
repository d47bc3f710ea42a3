namespace TorchSharp.Modules;

/// <summary>The options of Adam and of AdamW, which are types of their own: neither takes the other's.</summary>
public abstract class AdamOptions : OptimizerOptions
{
    public double? beta1;
    public double? beta2;
    public double? weight_decay;
    public double? eps;
    public bool? amsgrad;
    public bool? maximize;

    private protected AdamOptions()
    {
    }

    internal (double, double) Betas
    {
        get => (beta1!.Value, beta2!.Value);
        set => (beta1, beta2) = value;
    }

    internal override void Visit(IFieldVisitor visitor)
    {
        base.Visit(visitor);
        visitor.Number(ref beta1);
        visitor.Number(ref beta2);
        visitor.Number(ref eps);
        visitor.Number(ref weight_decay);
        visitor.Flag(ref amsgrad);
        visitor.Flag(ref maximize);
    }
}
