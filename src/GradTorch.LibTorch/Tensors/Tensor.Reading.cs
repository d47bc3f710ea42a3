using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The element at a row-major position of a CPU tensor.</summary>
        /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public T ReadCpuValue<T>(long i) where T : unmanaged
        {
            ElementTypes.Require<T>(dtype);
            using var elements = new Utils.TensorAccessor<T>(this);
            return elements[i];
        }

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        /// <summary>The elements as lists of lists of <see cref="Scalar"/>; a single one for a tensor without dimensions.</summary>
        public object tolist()
        {
            if (Dimensions == 0) return ToScalar();
            var list = new ArrayList();
            foreach (var part in unbind())
            {
                using var owned = part;
                list.Add(owned.tolist());
            }
            return list;
        }
    }
}
