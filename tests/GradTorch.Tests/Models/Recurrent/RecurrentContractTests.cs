using GradTorch.Gradients;
using GradTorch.Models;
using GradTorch.Tests.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Models.Recurrent;

/// <summary>What every recurrent model of the registry promises, with lengths and without, truncated or not.</summary>
public sealed class RecurrentContractTests : IDisposable
{
    private const int Timesteps = 7, Batch = 4;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly List<EnsembleModel> _models = [];

    /// <summary>Form, piece of truncation (0 for none), an output at every timestep, lengths.</summary>
    public static TheoryData<string, int, bool, bool> Configurations
    {
        get
        {
            var all = new TheoryData<string, int, bool, bool>();
            foreach (var name in RecurrentCase.Names)
            foreach (var truncate in new[] { 0, 3 })
            foreach (var every in new[] { false, true })
            foreach (var lengths in new[] { false, true })
                all.Add(name, truncate, every, lengths);
            return all;
        }
    }

    public void Dispose()
    {
        foreach (var model in _models)
        {
            model.Dispose();
            model.Parameters.Dispose();
        }
        scope.Dispose();
    }

    [Fact]
    public void Every_model_that_takes_sequences_is_among_the_configurations() => Assert.Equal(
        ModelRegistry.All.Where(entry => entry.TakesSequences).Select(entry => entry.Name),
        Configurations.Select(row => ((string)row[0]).Split(',')[0]).Distinct());

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Parameters_and_the_ranges_of_its_layers_are_those_counted(string name, int truncate, bool every, bool lengths)
    {
        _ = lengths;
        var form = Case(name, truncate, every);
        var model = Build(form, 0, 1);
        var counted = ModelRegistry.Find(form.Shape.Section.Kind).CountParameters(form.Shape);
        Assert.Equal(counted, model.parameters().Sum(parameter => parameter.numel()) / 2);
        long next = 0;
        foreach (var range in model.LayerRanges())
        {
            Assert.Equal(next, range.Start);
            next += range.Count;
        }
        Assert.Equal(counted, next);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_member_alone_is_the_member_among_others(string name, int truncate, bool every, bool lengths)
    {
        var (together, alone) = (Build(Case(name, truncate, every), 5, 6, 7), Build(Case(name, truncate, every), 6));
        Assert.Equal(
            Bits.Of(HostCopy.Doubles(alone.Parameters.Values)),
            Bits.Of(HostCopy.Doubles(together.Parameters.Values[1])));
        var (inputs, ends) = (RecurrentCase.Inputs(3, Timesteps, Batch), Ends(lengths, 3));
        var among = RecurrentCase.Pass(together, inputs, ends);
        var own = RecurrentCase.Pass(alone, inputs[1].unsqueeze(0), ends?[1].unsqueeze(0));
        Arrays.AssertClose(own.Outputs, Part(among.Outputs, 1), 1e-10, 1e-13);
        Arrays.AssertClose(own.Gradients, Part(among.Gradients, 1), 1e-9, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_NaN_in_the_batch_of_one_member_touches_no_other(string name, int truncate, bool every, bool lengths)
    {
        var model = Build(Case(name, truncate, every), 5, 6, 7);
        var (inputs, ends) = (RecurrentCase.Inputs(3, Timesteps, Batch), Ends(lengths, 3));
        var clean = RecurrentCase.Pass(model, inputs, ends);
        inputs[1, 0, 2, 1] = double.NaN;
        var spoilt = RecurrentCase.Pass(model, inputs, ends);
        foreach (var member in new[] { 0, 2 })
        {
            Assert.Equal(Part(clean.Outputs, member), Part(spoilt.Outputs, member));
            Assert.Equal(Part(clean.Gradients, member), Part(spoilt.Gradients, member));
        }
        Assert.Contains(double.NaN, Part(spoilt.Outputs, 1));
        Assert.Contains(double.NaN, Part(spoilt.Gradients, 1));
        // Nothing is left of it in what the layers keep.
        inputs[1, 0, 2, 1] = 0;
        Assert.DoesNotContain(double.NaN, RecurrentCase.Pass(model, inputs, ends).Gradients);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_sequence_that_ends_early_is_the_shorter_sequence(string name, int truncate, bool every, bool lengths)
    {
        if (every || !lengths) return; // after its end a sequence still has outputs
        var model = Build(Case(name, truncate, every), 5, 6);
        var inputs = RecurrentCase.Inputs(2, Timesteps, Batch);
        // Whatever the padding is.
        inputs.narrow(1, 4, Timesteps - 4).mul_(1e3);
        var ended = RecurrentCase.Pass(model, inputs, full([2, Batch], 4, int64));
        var shorter = RecurrentCase.Pass(model, inputs.narrow(1, 0, 4), null);
        Arrays.AssertClose(shorter.Outputs, ended.Outputs, 1e-12, 1e-15);
        Arrays.AssertClose(shorter.Gradients, ended.Gradients, 1e-10, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Inputs_that_lie_otherwise_in_memory_give_the_same(string name, int truncate, bool every, bool lengths)
    {
        var model = Build(Case(name, truncate, every), 5, 6, 7);
        var (inputs, ends) = (RecurrentCase.Inputs(3, Timesteps, Batch), Ends(lengths, 3));
        var timeFirst = inputs.transpose(0, 1).contiguous().transpose(0, 1);
        Assert.False(timeFirst.is_contiguous());
        var (expected, found) = (RecurrentCase.Pass(model, inputs, ends), RecurrentCase.Pass(model, timeFirst, ends));
        Assert.Equal(expected.Outputs, found.Outputs);
        Assert.Equal(expected.Gradients, found.Gradients);
    }

    /// <summary>One member, one timestep, one example: W can't matter, and learns nothing.</summary>
    [Theory]
    [MemberData(nameof(Configurations))]
    public void At_a_single_timestep_the_recurrent_weights_do_nothing(string name, int truncate, bool every, bool lengths)
    {
        var model = Build(Case(name, truncate, every), 5);
        var (inputs, ends) = (RecurrentCase.Inputs(1, 1, 1), lengths ? ones([1, 1], int64) : null);
        var first = RecurrentCase.Pass(model, inputs, ends);
        foreach (var layer in model.RecurrentLayers)
            Assert.All(HostCopy.Doubles(layer.RecurrentWeight.grad!), gradient => Assert.Equal(0, gradient));
        Assert.Contains(first.Gradients, gradient => gradient != 0);
        using (no_grad())
        {
            foreach (var layer in model.RecurrentLayers) layer.RecurrentWeight.fill_(3);
        }
        Assert.Equal(first.Outputs, RecurrentCase.Pass(model, inputs, ends).Outputs);
    }

    private static RecurrentCase Case(string name, int truncate, bool every) => new(name, truncate == 0 ? null : truncate, every);

    /// <summary>From the whole sequence to a single timestep.</summary>
    private static Tensor? Ends(bool lengths, int members) =>
        lengths ? tensor(new long[] { 7, 1, 5, 2 }).expand(members, Batch) : null;

    /// <summary>A third of what three members have.</summary>
    private static double[] Part(double[] all, int member) => all[(member * all.Length / 3)..((member + 1) * all.Length / 3)];

    private EnsembleModel Build(RecurrentCase form, params long[] seeds)
    {
        var model = form.Build(seeds);
        _models.Add(model);
        return model;
    }
}
