using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // So that a number or an array can stand where a tensor is expected: a new tensor of the same element type.
        public static implicit operator Tensor(byte value) => FromMemory([value], [], ScalarType.Byte);
        public static implicit operator Tensor(sbyte value) => FromMemory([value], [], ScalarType.Int8);
        public static implicit operator Tensor(short value) => FromMemory([value], [], ScalarType.Int16);
        public static implicit operator Tensor(int value) => FromMemory([value], [], ScalarType.Int32);
        public static implicit operator Tensor(long value) => FromMemory([value], [], ScalarType.Int64);
        public static implicit operator Tensor(float value) => FromMemory([value], [], ScalarType.Float32);
        public static implicit operator Tensor(double value) => FromMemory([value], [], ScalarType.Float64);
        public static implicit operator Tensor(bool value) => FromMemory([value], [], ScalarType.Bool);
        public static implicit operator Tensor((float, float) value) =>
            FromMemory([value], [], ScalarType.ComplexFloat32);
        public static implicit operator Tensor(Complex value) => FromMemory([value], [], ScalarType.ComplexFloat64);

        public static implicit operator Tensor(byte[] value) => FromArray(value, ScalarType.Byte);
        public static implicit operator Tensor(sbyte[] value) => FromArray(value, ScalarType.Int8);
        public static implicit operator Tensor(short[] value) => FromArray(value, ScalarType.Int16);
        public static implicit operator Tensor(int[] value) => FromArray(value, ScalarType.Int32);
        public static implicit operator Tensor(long[] value) => FromArray(value, ScalarType.Int64);
        public static implicit operator Tensor(float[] value) => FromArray(value, ScalarType.Float32);
        public static implicit operator Tensor(double[] value) => FromArray(value, ScalarType.Float64);
        public static implicit operator Tensor(bool[] value) => FromArray(value, ScalarType.Bool);
        public static implicit operator Tensor((float, float)[] value) => FromArray(value, ScalarType.ComplexFloat32);
        public static implicit operator Tensor(Complex[] value) => FromArray(value, ScalarType.ComplexFloat64);

        /// <summary>Only there so that the compiler prefers <see cref="Scalar"/> where an operator takes both.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public static implicit operator Tensor(Scalar scalar) =>
            throw new InvalidOperationException("Should not be called.");

        public static explicit operator float(Tensor value) => NotNull(value).ToScalar().ToSingle();
        public static explicit operator double(Tensor value) => NotNull(value).ToScalar().ToDouble();
        public static explicit operator sbyte(Tensor value) => NotNull(value).ToScalar().ToSByte();
        public static explicit operator byte(Tensor value) => NotNull(value).ToScalar().ToByte();
        public static explicit operator short(Tensor value) => NotNull(value).ToScalar().ToInt16();
        public static explicit operator int(Tensor value) => NotNull(value).ToScalar().ToInt32();
        public static explicit operator long(Tensor value) => NotNull(value).ToScalar().ToInt64();
        public static explicit operator bool(Tensor value) => NotNull(value).ToScalar().ToBoolean();

        private static Tensor FromArray<T>(T[] elements, ScalarType type) where T : unmanaged
        {
            ArgumentNullException.ThrowIfNull(elements);
            return FromMemory<T>(elements, [elements.LongLength], type);
        }

        private static Tensor NotNull(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            return value;
        }
    }
}
