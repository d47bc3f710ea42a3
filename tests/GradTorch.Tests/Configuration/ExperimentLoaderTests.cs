using System.Globalization;
using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

public class ExperimentLoaderTests
{
    [Fact]
    public void An_empty_file_gives_the_defaults()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(new Experiment(), file.Load());
    }

    [Fact]
    public void The_command_line_is_stronger_than_the_environment_and_that_than_the_file()
    {
        using var file = new ExperimentFile("""{ "model": { "depth": 1, "width": 1 }, "threads": 1, "seeds": { "count": 2 } }""");
        var experiment = file.Load(
            ["--model:depth", "3", "--seeds:first=5"],
            ["GRADTORCH__model__depth=2", "GRADTORCH__model__width=2", "GRADTORCH__seeds__first=4"]);
        Assert.Equal(new ModelSection { Depth = 3, Width = 2 }, experiment.Model);
        Assert.Equal(new SeedSection { First = 5, Count = 2 }, experiment.Seeds);
    }

    [Theory]
    [InlineData("GRADTORCH_DATA=/data")]
    [InlineData("GRADTORCH_TORCH=system")]
    [InlineData("GRADTORCH=1")]
    [InlineData("PATH=/bin")]
    public void Other_variables_are_not_configuration(string variable)
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(new Experiment(), file.Load(environment: [variable]));
    }

    [Fact]
    public void Keys_match_in_any_case()
    {
        using var file = new ExperimentFile("""{ "MODEL": { "activation": { "forward": "leaky-relu", "negativeslope": 0.2 } } }""");
        var model = file.Load(["--Model:DEPTH", "3"], ["GRADTORCH__model__WIDTH=4"]).Model;
        Assert.Equal((0.2, 3, 4), (model.Activation.NegativeSlope, model.Depth, model.Width));
    }

    [Fact]
    public void A_value_may_hold_equals_signs_and_begin_with_dashes_after_one()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal("--a=b", file.Load(["--output=--a=b"]).Output);
    }

    [Fact]
    public void A_bad_value_is_an_error_even_where_a_stronger_source_overrides_it()
    {
        using var file = new ExperimentFile("""{ "threads": 0 }""");
        Assert.Equal(
            ["x.json:1: threads: found 0; allowed: an integer from 1 to 1024, or 'auto'"], file.Errors(["--threads", "2"]));
    }

    [Fact]
    public void All_errors_come_at_once_by_source_and_line()
    {
        using var file = new ExperimentFile("""
            {
              "gradients": { "every": 300 },
              "modle": { "depth": 0 },
              "training": {
                "epochs": 1, "steps": 2,
                "optimizer": { "kind": "sdg", "lr": "fast" }
              },
              "name": ""
            }
            """);
        Assert.Equal(
            [
                "x.json:2: gradients:flush: found 200, less than every (300); allowed: at least every",
                "x.json:3: modle: unknown key; allowed: name, device, precision, denormals, threads, cudaGraphs, output, seeds, "
                + "members, data, model, training, gradients, checkpoint, verdict, study; did you mean 'model'?",
                "x.json:5: training:steps: given together with training:epochs (line 5); keep one",
                "x.json:6: training:optimizer:kind: 'sdg' is not an optimiser; allowed: sgd, adam, adamw, rmsprop; did you mean 'sgd'?",
                "x.json:6: training:optimizer:lr: found the text 'fast'; allowed: a finite number above 0",
                "x.json:8: name: found the text ''; allowed: 1 to 100 letters, digits, '.', '_' or '-', a letter or digit "
                + "at either end",
                "environment variable GRADTORCH__threads: threads: found 'many'; allowed: an integer from 1 to 1024, or 'auto'",
                "command line: device: its value is missing; write --device VALUE",
                "command line: data:batch: found '1e2'; allowed: an integer from 1 to 2147483647",
            ],
            file.Errors(["--device", "--data:batch", "1e2"], ["GRADTORCH__threads=many"]));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fr-FR")]
    [InlineData("sv-SE")]
    public void The_culture_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.NotEqual("0.5", 0.5.ToString(CultureInfo.CurrentCulture));

            using var file = new ExperimentFile(
                """{ "training": { "optimizer": { "lr": 0.025, "weightDecay": -1.5e-4 } }, "seeds": { "first": -1 } }""");
            Assert.Equal(
                [
                    "x.json:1: training:optimizer:weightDecay: found -1.5e-4; allowed: a finite number of at least 0",
                    "x.json:1: seeds:first: found -1; allowed: an integer from 0 to 2147483647",
                ],
                file.Errors());

            File.WriteAllText(file.Path, ExperimentWriter.ToJson(new Experiment()));
            var experiment = file.Load(["--training:optimizer:lr", "0.025", "--training:optimizer:weightDecay=1.5e-4"]);
            Assert.Equal(0.025, experiment.Training.Optimizer.Lr);
            Assert.Equal(1.5e-4, experiment.Training.Optimizer.WeightDecay);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
