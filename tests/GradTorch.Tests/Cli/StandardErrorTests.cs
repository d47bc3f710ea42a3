using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Tests.Studies;

namespace GradTorch.Tests.Cli;

/// <summary>What libtorch itself writes to standard error, which only a process of its own shows.</summary>
public sealed class StandardErrorTests(SmallImages images) : IClassFixture<SmallImages>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The gradients of several members are strided, which libtorch takes for a mistake where it adds to them. Every
    /// kind of parameter is here.</summary>
    [Fact]
    public void Several_members_train_without_a_warning_of_libtorch()
    {
        using var program = new ProgramProcess(new Dictionary<string, string>(), "run", Study(), "--json");
        var ended = program.Ended();

        Assert.Equal(ExitCode.Done, ended.Exit);
        Assert.Equal(8, ended.Json.GetProperty("variants").GetArrayLength());
        Assert.DoesNotContain(ended.Error.Split('\n'), line => line.Contains("Warning", StringComparison.Ordinal));
    }

    private string Study()
    {
        var path = folder.File("experiment.json");
        File.WriteAllText(path, $$"""
            {
              "name": "small", "device": "cpu", "output": {{JsonSerializer.Serialize(folder.Path)}}, "seeds": { "count": 3 },
              "data": { "path": {{JsonSerializer.Serialize(images.Made)}}, "batch": 32 },
              "model": { "depth": 2, "width": 8 },
              "training": { "steps": 3 },
              "gradients": { "every": 2 },
              "study": {
                "variants": {
                  "batch norm": { "model": { "norm": "batch" } },
                  "layer norm": { "model": { "norm": "layer" } },
                  "projection": { "model": { "kind": "residual" } },
                  "prelu": { "model": { "activation": { "forward": "prelu" } } },
                  "prelu, surrogate": { "model": { "activation": { "forward": "prelu", "backward": "leaky" } } },
                  "gru": { "data": { "form": "rows" }, "model": { "kind": "gru" } },
                  "elman": { "data": { "form": "rows" }, "model": { "kind": "elman", "activation": { "forward": "gelu" } } },
                  "elman, prelu": { "data": { "form": "rows" }, "model": { "kind": "elman", "activation": { "forward": "prelu" } } }
                }
              }
            }
            """);
        return path;
    }
}
