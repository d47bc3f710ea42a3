namespace GradTorch.Configuration.Sources;

/// <summary>What a source holds under a key.</summary>
internal enum FoundKind
{
    /// <summary>Text of a source that has no types: environment and command line.</summary>
    Word,
    Text,
    Number,
    Boolean,
    Null,
    List,
    Section,
}
