namespace GradTorch.Configuration;

/// <summary>Where a skip connection joins the layers that it goes over.</summary>
public enum SkipJoin
{
    BeforeActivation,
    AfterActivation,
}
