using GradTorch.Configuration;
using GradTorch.Initialisation;
using GradTorch.Models;

namespace GradTorch.Studies;

/// <summary>Whether initialisers stand where they can do their work.</summary>
internal static class InitialiserFit
{
    /// <exception cref="ConfigurationException">One does not.</exception>
    public static void Check(Experiment experiment)
    {
        var model = experiment.Model;
        if (InitialiserRegistry.Find(model.Init.Kind).SquareOnly)
        {
            throw Refusal(
                "model:init:kind", model.Init.Kind, "is for square matrices, and not all layers have one (it is meant for model:recurrentInit)",
                entry => !entry.Initialiser.SquareOnly);
        }
        if (InitialiserRegistry.Find(model.Init.Kind) is DataDrivenInitialiser && ModelRegistry.Find(model.Kind).TakesSequences)
        {
            throw Refusal(
                "model:init:kind", model.Init.Kind, $"rescales layers that data pass once, not those of {model.Kind}",
                entry => entry.Initialiser is not DataDrivenInitialiser);
        }
        if (InitialiserRegistry.Find(model.RecurrentInit.Kind) is DataDrivenInitialiser)
        {
            throw Refusal(
                "model:recurrentInit:kind", model.RecurrentInit.Kind, "rescales whole layers on data, not recurrent weights (it is meant for model:init)",
                entry => entry.Initialiser is not (FileWeights or DataDrivenInitialiser));
        }
        CheckFile(model, ExperimentPlan.MembersOf(experiment));
        RefuseRecurrentBias("biasMean", model.RecurrentInit.BiasMean);
        RefuseRecurrentBias("biasVariance", model.RecurrentInit.BiasVariance);
        if (InitialiserRegistry.Find(model.Init.Kind) is not DataDrivenInitialiser) return;
        foreach (var member in experiment.Combinations())
        {
            var (gain, variance) = (member.Model.Init.Gain, member.Model.Init.BiasVariance);
            if (variance < gain * gain) continue;
            throw ExperimentPlan.Refusal("model:init:biasVariance", FormattableString.Invariant(
                $"found {variance}; allowed: below {gain * gain}, the variance gain² that {model.Init.Kind} gives weights and biases together"));
        }
    }

    /// <summary>A file has all parameters: it stands for the whole network, and its recurrent weights are no others.</summary>
    private static void CheckFile(ModelSection model, long members)
    {
        if (InitialiserRegistry.Find(model.RecurrentInit.Kind) is FileWeights)
        {
            throw Refusal(
                "model:recurrentInit:kind", model.RecurrentInit.Kind, "has the weights of a whole network, recurrent ones too (it is meant for model:init)",
                entry => entry.Initialiser is not (FileWeights or DataDrivenInitialiser));
        }
        if (InitialiserRegistry.Find(model.Init.Kind) is not FileWeights) return;
        if (model.RecurrentInit != new ModelSection().RecurrentInit)
            throw ExperimentPlan.Refusal("model:recurrentInit", $"has no use with model:init:kind '{model.Init.Kind}', whose file has the recurrent weights, too; leave it out");
        WeightFile.Read(model.Init.Path!, (int)members);
    }

    private static void RefuseRecurrentBias(string key, double found)
    {
        if (found == 0) return;
        throw ExperimentPlan.Refusal($"model:recurrentInit:{key}", FormattableString.Invariant(
            $"found {found}, but a recurrent layer has its biases from model:init; allowed: 0, and model:init:{key}"));
    }

    private static ConfigurationException Refusal(string path, string kind, string why, Func<InitialiserEntry, bool> fits) =>
        ExperimentPlan.Refusal(
            path, $"'{kind}' {why}; allowed here: {string.Join(", ", InitialiserRegistry.All.Where(fits).Select(entry => entry.Name))}");
}
