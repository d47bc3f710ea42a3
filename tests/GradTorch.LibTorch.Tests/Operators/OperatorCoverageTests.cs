using System.Reflection;
using TorchSharp;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>An operator that has a case has one for each of its forms: every overload of the method, its in-place form,
/// the static function, and the C# operators. What the cases call is read from their compiled lambdas.</summary>
public class OperatorCoverageTests
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6F;

    [Fact]
    public void Every_form_of_an_operator_is_called_by_a_case()
    {
        var operators = OperatorCases.ByName.Keys.Select(name => name.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        var called = CalledByCases();
        var missing = Forms().Where(form => operators.Contains(form.Name.TrimEnd('_')) || IsArithmeticOperator(form))
            .Where(form => !called.Contains(form)).Select(form => $"{form.DeclaringType!.Name}.{form}").Order(StringComparer.Ordinal);
        Assert.True(!missing.Any(), string.Join(Environment.NewLine, missing));
    }

    private static IEnumerable<MethodInfo> Forms() =>
        new[] { typeof(torch), typeof(torch.Tensor) }.SelectMany(type => type.GetMethods(
            BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static bool IsArithmeticOperator(MethodInfo form) =>
        form.IsSpecialName && form.Name.StartsWith("op_", StringComparison.Ordinal) && form.Name is not ("op_Implicit" or "op_Explicit");

    private static HashSet<MethodBase> CalledByCases() => new[] { typeof(OperatorCases), typeof(Shapes.ShapeCases) }
        .SelectMany(cases => cases.GetNestedTypes(BindingFlags.NonPublic).Append(cases))
        .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance))
        .SelectMany(Calls).ToHashSet();

    /// <summary>Reads the instructions byte by byte, so it may also take an operand for a call: that never hides one.
    /// </summary>
    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] is Call or CallVirtual && Resolve(method.Module, BitConverter.ToInt32(code, i + 1)) is { } target)
                yield return target;
        }
    }

    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (Exception error) when (error is ArgumentException or BadImageFormatException)
        {
            return null;
        }
    }
}
