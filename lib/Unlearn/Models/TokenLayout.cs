using static TorchSharp.torch;

namespace Unlearn.Models;

/// <summary>Where tokens stand that are not simply one behind the other: branches of a tree, or rows of different lengths.</summary>
/// <remarks>A model without it takes the tokens of each row as one sequence that goes on where its cache ends.</remarks>
/// <param name="Positions">[B, T] each token's place in its own sequence, from 0.</param>
/// <param name="Mask">[B, T, S] added to attention scores: 0 where a token may look, −∞ elsewhere; S counts cached tokens first.</param>
public sealed record TokenLayout(Tensor Positions, Tensor Mask);
