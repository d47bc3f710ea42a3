using System.Text;
using GradTorch.Runs;

namespace GradTorch.Tests.Runs;

/// <summary>The database as a file: its tables, who may open it and when.</summary>
public sealed class RunDatabaseFileTests : IDisposable
{
    private readonly RunDatabaseFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void The_tables_have_the_columns_of_the_design()
    {
        RunDatabase.Create(file.Path).Dispose();
        Assert.Equal(
            $$"""
            evaluation strict=1 without_rowid=1: step* member* split* loss accuracy
            gradient_exponent strict=1 without_rowid=1: step* member* layer* exponent* count
            joint_count strict=1 without_rowid=1: step* member* layer* pair* x* gradient* count
            layer_gradient strict=1 without_rowid=1: step* member* layer* layer_name weight_gradient bias_gradient preactivation_gradient activation_gradient weight update activation_mean activation_std saturated zero_gradient nonfinite
            layer_measure strict=1 without_rowid=1: step* member* layer* name* value
            member strict=1 without_rowid=0: member* seed learning_rate gain weight_variance bias_variance slope backward_scale clip_threshold recurrent_gain recurrent_weight_variance status diverged_step diverged_layer diverged_timestep
            scalar strict=1 without_rowid=1: step* member* name* value
            timestep_block strict=1 without_rowid=1: step* member* layer* first_timestep* timesteps {{string.Join(' ', Enumerable.Range(0, 16).Select(Place))}}
            timestep_gradient strict=0 without_rowid=0: step member layer timestep hidden_gradient preactivation_gradient recurrent_weight_gradient zero_gradient nonfinite
            """.ReplaceLineEndings("\n"),
            file.Sql("""
                SELECT group_concat(line, char(10)) FROM (
                  SELECT t.name || ' strict=' || t.strict || ' without_rowid=' || t.wr || ': '
                    || (SELECT group_concat(c.name || iif(c.pk, '*', ''), ' ') FROM pragma_table_info(t.name) c) AS line
                  FROM pragma_table_list t WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name)
                """));

        string Place(int place) => $"hidden_gradient_{place} preactivation_gradient_{place} recurrent_weight_gradient_{place} zero_gradient_{place} nonfinite_{place}";
    }

    [Fact]
    public void It_is_readable_while_it_is_written_and_one_plain_file_afterwards()
    {
        using (RunDatabase.Create(file.Path)) Assert.Equal("wal", file.Sql("PRAGMA journal_mode"));
        Assert.Equal("delete", file.Sql("PRAGMA journal_mode"));
        RunDatabaseReader.Open(file.Path).Dispose();
        Assert.Equal([file.Path], Directory.GetFiles(Path.GetDirectoryName(file.Path)!));
    }

    [Fact]
    public void A_finished_database_is_one_file()
    {
        using (var database = RunDatabase.Create(file.Path))
        {
            RunRows.WriteStep(database, 0);
        }

        Assert.Equal([file.Path], Directory.GetFiles(file.Folder));
    }

    [Fact]
    public void A_database_is_never_written_over()
    {
        RunDatabase.Create(file.Path).Dispose();
        Assert.Contains("exists", Assert.Throws<RunException>(() => RunDatabase.Create(file.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "can't be created",
            Assert.Throws<RunException>(() => RunDatabase.Create(file.Beside("no", "run.db"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_before_is_read_without_what_it_has_not()
    {
        using (var database = RunDatabase.Create(file.Path))
        {
            RunRows.WriteStep(database, 3);
            using var batch = database.BeginBatch();
            batch.SetMember(new MemberRow(0, 1, 0.001, 1.5, 1, 0.5, 0.1, RecurrentGain: 2));
            batch.Commit();
        }
        file.Sql("DROP TABLE joint_count");
        file.Sql("ALTER TABLE member DROP COLUMN recurrent_gain");
        file.Sql("ALTER TABLE member DROP COLUMN recurrent_weight_variance");
        file.Sql("PRAGMA user_version = 5");
        using var reader = RunDatabaseReader.Open(file.Path);

        Assert.Equal(RunRows.Members * RunRows.Layers.Length, reader.LayerGradientsAt(3).Count());
        Assert.Empty(reader.JointCounts());
        Assert.Equal(new MemberRow(0, 1, 0.001, 1.5, 1, 0.5, 0.1), Assert.Single(reader.Members()));
    }

    [Fact]
    public void What_is_not_a_run_database_is_told()
    {
        Assert.Contains("does not exist", Refusal(file.Beside("nowhere.db")), StringComparison.Ordinal);
        var text = file.Write("text.db", Encoding.UTF8.GetBytes(new string('x', 5000)));
        Assert.Contains("can't be read as a run database", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("version 0", Refusal(file.Write("empty.db", [])), StringComparison.Ordinal);
        RunDatabase.Create(file.Path).Dispose();
        file.Sql("PRAGMA user_version = 99");
        Assert.Contains("version 99 (0: none yet, or not the database of a run); this GradTorch reads versions 5 to 7", Refusal(file.Path), StringComparison.Ordinal);
        file.Sql("PRAGMA user_version = 4");
        Assert.Contains("version 4", Refusal(file.Path), StringComparison.Ordinal);

        static string Refusal(string path) => Assert.Throws<RunException>(() => RunDatabaseReader.Open(path)).Message;
    }
}
