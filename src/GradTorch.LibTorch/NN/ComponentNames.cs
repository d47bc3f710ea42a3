using System.Reflection;

namespace TorchSharp.Utils
{
    /// <summary>The name under which a module registers what the field holds, in place of the field's own.</summary>
    [AttributeUsage(AttributeTargets.All)]
    public class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}

namespace TorchSharp
{
    public static class FieldInfoExtensionMethods
    {
        /// <summary>The field's <see cref="Utils.ComponentNameAttribute"/>, else its own name.</summary>
        public static string ComponentName(this FieldInfo field)
        {
            ArgumentNullException.ThrowIfNull(field);
            return field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
        }
    }
}
