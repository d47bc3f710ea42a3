using System.Runtime.InteropServices;

namespace GradTorch.LibTorch;

/// <summary>A step of a formula that a kernel computes element by element.</summary>
/// <param name="X">Number of the step, before this one, that gives the first operand.</param>
/// <param name="Y">Of the step that gives the second.</param>
/// <remarks>Step of formula.h, field by field.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ElementwiseStep(ElementwiseOperation Operation, int X, int Y, double Constant);
