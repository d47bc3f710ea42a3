namespace GradTorch.Theory;

/// <summary>What is expected of one hidden layer at initialisation.</summary>
/// <param name="Layer">From 1, the one next to the input.</param>
/// <param name="Q">Second moment of what enters its activation.</param>
/// <param name="LnGradient">ln of E‖δ‖² over that of the last hidden layer; −∞ where nothing comes back.</param>
/// <param name="LnGain">How much of that the layer adds: ln E‖δ‖² less that of the layer above, 0 of the last.</param>
public sealed record LayerPrediction(int Layer, double Q, double LnGradient, double LnGain);
