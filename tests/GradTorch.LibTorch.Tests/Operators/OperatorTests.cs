using GradTorch.LibTorch.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.LibTorch.Tests.Operators;

/// <summary>Every operator of <see cref="OperatorCases"/> against what PyTorch gives.</summary>
public class OperatorTests
{
    public static TheoryData<string> Names => [.. OperatorCases.ByName.Keys];

    /// <summary>What newer releases round otherwise (erfc, gelu, sqrt), compute more exactly near 0 (elu and its kin), or give
    /// another value at infinities and for a division by zero (log1p, gelu, floor_divide).</summary>
    private static readonly string[] Changed =
        ["floor_divide", "div.floor", "celu", "celu.alpha", "elu", "elu.alpha", "elu.scales", "selu", "erfc", "sqrt", "gelu", "log1p"];

    public static TheoryData<string> ChangedNames => [.. Changed];

    public static TheoryData<string> UnchangedNames => [.. OperatorCases.ByName.Keys.Except(Changed)];

    public static TheoryData<string> NamesInPlace =>
        [.. OperatorCases.ByName.Values.Where(one => one.InPlace.Count > 0).Select(one => one.Name)];

    [Fact]
    public void Every_case_has_a_fixture_and_every_fixture_has_a_case()
    {
        Assert.Empty(OperatorCases.ByName.Keys.Except(OperatorFixtures.ByName.Keys));
        Assert.Empty(OperatorFixtures.ByName.Keys.Except(OperatorCases.ByName.Keys));
    }

    [Theory]
    [MemberData(nameof(UnchangedNames))]
    public void Gives_what_PyTorch_gives(string name) => AssertFixture(name);

    [TheoryOnLibtorch113]
    [MemberData(nameof(ChangedNames))]
    public void Gives_what_its_own_PyTorch_gives(string name) => AssertFixture(name);

    private static void AssertFixture(string name)
    {
        using var scope = NewDisposeScope();
        var (operation, fixture) = (OperatorCases.ByName[name], OperatorFixtures.ByName[name]);
        foreach (var (sample, what) in Samples(name, fixture))
        {
            var results = operation.Run(Inputs(sample));
            Assert.Equal(sample.Outputs.Count, results.Length);
            foreach (var (expected, actual) in sample.Outputs.Zip(results))
            {
                var tolerance = fixture.Exact ? 0 : TensorComparison.ToleranceOf(expected.Type);
                TensorComparison.AssertClose(expected.ToTensor(), actual, tolerance, what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_spellings_give_the_same_bits(string name)
    {
        using var scope = NewDisposeScope();
        var operation = OperatorCases.ByName[name];
        foreach (var (sample, what) in Samples(name, OperatorFixtures.ByName[name]))
        {
            var expected = operation.Run(Inputs(sample));
            foreach (var spelling in operation.Also)
            {
                foreach (var (first, second) in expected.Zip(spelling(Inputs(sample))))
                    TensorComparison.AssertSame(first, second, what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesInPlace))]
    public void The_in_place_form_changes_its_tensor_to_the_same_elements_and_returns_it(string name)
    {
        using var scope = NewDisposeScope();
        var operation = OperatorCases.ByName[name];
        var compared = 0;
        foreach (var (sample, what) in Samples(name, OperatorFixtures.ByName[name]))
        {
            var expected = operation.Run(Inputs(sample))[0];
            foreach (var inPlace in operation.InPlace)
            {
                var inputs = Inputs(sample);
                // A result that does not fit into the input's memory has no in-place form.
                if (!FitsInto(inputs[0], expected)) continue;
                Assert.Same(inputs[0], inPlace(inputs));
                TensorComparison.AssertSame(expected.to(inputs[0].dtype), inputs[0], what);
                compared++;
            }
        }
        Assert.NotEqual(0, compared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Makes_no_tensor_but_its_results(string name)
    {
        var operation = OperatorCases.ByName[name];
        using var scope = NewDisposeScope();
        var inputs = Inputs(OperatorFixtures.ByName[name].Samples[0]);
        foreach (var spelling in operation.Also.Prepend(operation.Run))
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            var results = spelling(inputs);
            Assert.Equal(before + results.Length, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }

    private static bool FitsInto(Tensor target, Tensor result) => target.shape.SequenceEqual(result.shape)
        && (target.dtype == result.dtype || result.dtype == ScalarType.Bool);

    private static Tensor[] Inputs(OperatorFixtures.Sample sample) => [.. sample.Inputs.Select(input => input.ToTensor())];

    private static IEnumerable<(OperatorFixtures.Sample, string)> Samples(string name, OperatorFixtures.Case fixture) =>
        fixture.Samples.Select((sample, i) => (sample, $"{name}, sample {i}"));
}
