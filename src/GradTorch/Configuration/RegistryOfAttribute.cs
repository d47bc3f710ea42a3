using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace GradTorch.Configuration;

/// <summary>
/// This type registers what a key of an experiment can name. It has a public static property <c>Names</c>; where some keys have a
/// use beside some of the names only, a public static method <c>UsersOf(key)</c> that lists these; and where its things have rules
/// of their own for the section that names them, a public static method <c>Check(section)</c>. So the sections of an experiment
/// know what is registered without depending on it.
/// </summary>
/// <param name="noun">What the names are names of, with its article: "an activation".</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegistryOfAttribute(string noun) : Attribute
{
    private static readonly Dictionary<string, Type> All = typeof(RegistryOfAttribute).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(RegistryOfAttribute)))
        .ToDictionary(type => type.GetCustomAttribute<RegistryOfAttribute>()!.Noun);

    public string Noun { get; } = noun;

    /// <summary>The registered names, in the order in which they are shown.</summary>
    internal static IReadOnlyList<string> NamesOf(string noun) => (IReadOnlyList<string>)All[noun]
        .GetProperty("Names", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>The names beside which that key of their section has a use.</summary>
    internal static IReadOnlyList<string> UsersOf(string noun, string key) =>
        (IReadOnlyList<string>)Call(noun, nameof(UsersOf), key);

    /// <summary>The rules that what a section names has for it.</summary>
    internal static IEnumerable<ValidationResult> Check(string noun, object section) =>
        (IEnumerable<ValidationResult>)Call(noun, nameof(Check), section);

    private static object Call(string noun, string method, object argument) =>
        All[noun].GetMethod(method, BindingFlags.Public | BindingFlags.Static)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [argument], null)!;
}
