namespace GradTorch.Data;

/// <summary>Sequences handed out as vectors of T·D, timestep after timestep, to a model that knows no time.</summary>
public sealed class FlattenedExamples(Examples sequences) : Examples
{
    public override long Count => sequences.Count;

    protected internal override Batch Make(Rows rows) => sequences.Make(rows).AsVectors();

    protected override void Dispose(bool disposing)
    {
        if (disposing) sequences.Dispose();
    }
}
