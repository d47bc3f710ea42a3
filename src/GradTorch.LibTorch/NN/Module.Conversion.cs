using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            /// <exception cref="ArgumentException"><paramref name="dtype"/> is neither floating point nor complex.</exception>
            /// <exception cref="InvalidOperationException">The device is not available.</exception>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                ArgumentNullException.ThrowIfNull(device);
                RequireDifferentiable(dtype);
                InitializeDeviceType(device.type);
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <exception cref="InvalidOperationException">The device is not available.</exception>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                InitializeDeviceType(deviceType);
                _toEpilog(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), non_blocking);
                return this;
            }

            /// <exception cref="ArgumentException"><paramref name="dtype"/> is neither floating point nor complex.</exception>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireDifferentiable(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                ArgumentNullException.ThrowIfNull(other);
                return _to(other.device, other.dtype, non_blocking);
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) =>
                _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Converts the submodules, then the module's own parameters and buffers. A tensor that changes is
            /// replaced by a new one, also in the field or property that holds it, and disposed.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is null && device is null) throw new ArgumentNullException(nameof(device), "Neither an element type nor a device was given.");
                foreach (var child in children()) child.Convert(dtype, device, non_blocking);

                foreach (var (component, parameter) in named_parameters(false).ToArray())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var replacement)) continue;
                    if (SetProperty(component, replacement)) continue;
                    ConditionallyRegisterParameter(component, replacement);
                    SetField(component, replacement);
                    parameter.Dispose();
                }
                foreach (var (component, buffer) in named_buffers(false).ToArray())
                {
                    var persistent = _internal_buffers[component].Item2;
                    if (!ReplaceBuffer(dtype, device, buffer, out var replacement)) continue;
                    if (SetProperty(component, replacement)) continue;
                    ConditionallyRegisterBuffer(component, replacement, persistent);
                    SetField(component, replacement);
                }
                if (device is null) return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            /// <summary>Makes the converted parameter, with its gradient, outside every dispose scope.</summary>
            /// <returns>False if the parameter is as asked already. The old parameter stays valid.</returns>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                ArgumentNullException.ThrowIfNull(param);
                p = null;
                using var gradient = param.grad;
                var type = TargetType(param, dtype);
                var target = device ?? param.device;
                if (!param.toWillCopy(type, target) && gradient?.toWillCopy(type, target) != true) return false;

                using var untracked = no_grad();
                using var leaf = param.detach();
                p = new Parameter(leaf.to(type, target, copy: true), param.requires_grad);
                p.DetachFromDisposeScope();
                if (gradient is null) return true;
                using var converted = gradient.to(type, target);
                p.grad = converted;
                return true;
            }

            /// <summary>Makes the converted buffer, outside every dispose scope, and disposes the old one. Integer buffers
            /// keep their type.</summary>
            /// <returns>False if the buffer is as asked already.</returns>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                ArgumentNullException.ThrowIfNull(buffer);
                result = null;
                var type = TargetType(buffer, dtype);
                var target = device ?? buffer.device;
                if (!buffer.toWillCopy(type, target)) return false;
                result = buffer.to(type, target, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null,
                ScalarType? dtype = null) => (device ?? get_default_device(), dtype ?? get_default_dtype());

            private static ScalarType TargetType(Tensor tensor, ScalarType? asked) =>
                asked is { } type && (tensor.is_floating_point() || tensor.is_complex()) ? type : tensor.dtype;

            private static void RequireDifferentiable(ScalarType dtype)
            {
                if (!is_floating_point(dtype) && !is_complex(dtype))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }

            private void Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is null) _to(dtype!.Value, non_blocking);
                else if (dtype is { } type) _to(device, type, non_blocking);
                else _to(device.type, device.index, non_blocking);
            }

            /// <summary>A public property of the component's name takes the new tensor itself: it registers it and disposes
            /// the old one.</summary>
            private bool SetProperty(string component, Tensor? value)
            {
                var property = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .FirstOrDefault(candidate => candidate.Name == component && candidate.CanWrite
                        && candidate.GetIndexParameters().Length == 0 && candidate.PropertyType.IsInstanceOfType(value));
                property?.SetValue(this, value);
                return property is not null;
            }

            private void SetField(string component, Tensor? value) =>
                ComponentFields(GetType()).FirstOrDefault(field => field.ComponentName() == component)?.SetValue(this, value);
        }
    }
}
