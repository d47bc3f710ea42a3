namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a division does with its quotient: nothing, towards zero, or towards minus infinity.</summary>
    public enum RoundingMode
    {
        None = 0, trunc = 1, floor = 2,
    }
}
