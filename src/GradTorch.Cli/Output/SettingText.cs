using System.Globalization;
using GradTorch.Runs;

namespace GradTorch.Cli.Output;

/// <summary>What members vary, as people read it.</summary>
internal static class SettingText
{
    /// <summary>learning rate, each word on a line of its own: columns of numbers are narrow.</summary>
    public static string Header(MemberSetting setting) => setting.Column.Replace('_', '\n');

    /// <summary>As it was written, or a dash where it is not in use.</summary>
    public static string Value(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
