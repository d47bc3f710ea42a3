namespace GradTorch.Configuration;

/// <summary>Where the normalisation of a hidden layer stands.</summary>
public enum NormPlace
{
    BeforeActivation,
    AfterActivation,
}
