using System.Reflection;
using System.Reflection.Emit;
using GradTorch.Configuration;

namespace GradTorch.Tests;

/// <summary>What each room of the library may use. It is read off the compiled assembly: base types, signatures, attributes, and
/// what the code of its methods names.</summary>
public sealed class RoomTests
{
    /// <summary>Each room with those that it may use, which stand above it.</summary>
    private static readonly (string Room, string[] Uses)[] House =
    [
        ("Configuration", []),
        ("Quantities", []),
        ("Initialisation", ["Configuration"]),
        ("Activations", ["Configuration"]),
        ("Theory", ["Activations"]),
        ("Backends", ["Quantities", "Activations"]),
        ("Data", ["Configuration", "Backends"]),
        ("Models", ["Configuration", "Quantities", "Data", "Initialisation", "Activations", "Backends"]),
        ("Gradients", ["Configuration", "Quantities", "Activations", "Theory", "Backends", "Models"]),
        ("Training", ["Configuration", "Quantities", "Data", "Backends", "Models", "Gradients"]),
        ("Runs", ["Quantities"]),
        ("Analysis", ["Quantities", "Runs"]),
        ("Reports", ["Quantities", "Runs", "Analysis"]),
        ("Studies", ["Configuration", "Quantities", "Data", "Initialisation", "Activations", "Theory", "Backends", "Models", "Gradients", "Training", "Runs", "Analysis"]),
        ("Exports", ["Configuration", "Activations", "Data", "Models", "Runs", "Studies"]),
    ];

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly Library = typeof(Experiment).Assembly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static TheoryData<string> Rooms => [.. Library.GetTypes().Select(RoomOf).OfType<string>().Distinct()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_those_that_it_may(string room)
    {
        var allowed = House.Single(entry => entry.Room == room).Uses;
        var wrong = (
            from type in Library.GetTypes()
            where RoomOf(type) == room
            from other in UsedBy(type)
            let otherRoom = RoomOf(other)
            where otherRoom is not null && otherRoom != room && !allowed.Contains(otherRoom)
            select $"{type} uses {other}").Distinct().ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Rooms_depend_one_way()
    {
        for (var index = 0; index < House.Length; index++)
            Assert.Subset(House[..index].Select(entry => entry.Room).ToHashSet(), House[index].Uses.ToHashSet());
    }

    /// <summary>The first part of its namespace below the library's; null for what is in no room.</summary>
    private static string? RoomOf(Type type) =>
        type.Assembly == Library && type.Namespace?.Split('.') is ["GradTorch", var room, ..] ? room : null;

    private static IEnumerable<Type> UsedBy(Type type) =>
        type.GetInterfaces().Append(type.BaseType).Concat(type.GetFields(Everything).Select(field => field.FieldType))
            .Concat(type.GetMembers(Everything).Append(type).SelectMany(member => member.GetCustomAttributesData()).SelectMany(NamedBy))
            .Concat(type.GetMembers(Everything).OfType<MethodBase>().SelectMany(NamedBy))
            .OfType<Type>().SelectMany(PartsOf);

    private static IEnumerable<Type> NamedBy(CustomAttributeData attribute) => attribute.ConstructorArguments
        .Select(argument => argument.Value).OfType<Type>().Append(attribute.AttributeType);

    private static IEnumerable<Type> NamedBy(MethodBase method)
    {
        var signature = method.GetParameters().Select(parameter => parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var returned }) signature = signature.Append(returned);
        return method.GetMethodBody() is not { } body ? signature
            : signature.Concat(body.LocalVariables.Select(local => local.LocalType)).Concat(NamedBy(method, body.GetILAsByteArray()!));
    }

    /// <summary>What the operands of the method's code name.</summary>
    private static List<Type> NamedBy(MethodBase method, byte[] code)
    {
        var named = new List<Type>();
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var opCode = OpCodesByValue[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
                named.AddRange(member is Type type ? [type] : [member.DeclaringType!]);
                if (member is MethodInfo { IsGenericMethod: true } generic) named.AddRange(generic.GetGenericArguments());
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }

        return named;
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        type.HasElementType ? PartsOf(type.GetElementType()!)
        : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(PartsOf).Append(type.GetGenericTypeDefinition())
        : [type];
}
