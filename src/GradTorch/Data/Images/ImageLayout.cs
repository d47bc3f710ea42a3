using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>How the numbers of an image, channel after channel and row after row, become a vector or a sequence.</summary>
/// <remarks>A vector keeps their order. A row is a timestep of columns·channels numbers, the channels one after the other;
/// a pixel is a timestep of its channels.</remarks>
/// <param name="PermutationSeed">Of one permutation of the pixels, the same for every image and channel.</param>
public sealed record ImageLayout(int Channels, int Rows, int Columns, ImageForm Form, int? PermutationSeed)
{
    private int Pixels => Rows * Columns;

    /// <summary>0 for vectors.</summary>
    public int Timesteps => Form switch
    {
        ImageForm.Rows => Rows,
        ImageForm.Pixels => Pixels,
        _ => 0,
    };

    /// <summary>Of the vector, or of a timestep.</summary>
    public int Features => Channels * Pixels / Math.Max(Timesteps, 1);

    /// <param name="images_NF">Images as they are stored, or any number for each of their numbers.</param>
    /// <returns>(N, F), or (N, T, D), contiguous.</returns>
    public Tensor Arrange(Tensor images_NF)
    {
        using var scope = NewDisposeScope();
        var images_NCP = images_NF.view(-1, Channels, Pixels);
        if (PermutationSeed is { } seed)
        {
            var order = tensor(Permutation.Of(seed, Pixels), int64, images_NF.device);
            images_NCP = images_NCP.index_select(2, order);
        }
        var arranged = Timesteps == 0
            ? images_NCP.reshape(-1, Features)
            : images_NCP.view(-1, Channels, Timesteps, Pixels / Timesteps).transpose(1, 2).reshape(-1, Timesteps, Features);
        return arranged.contiguous().MoveToOuterDisposeScope();
    }
}
