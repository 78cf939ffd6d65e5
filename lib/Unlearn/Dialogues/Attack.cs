namespace Unlearn.Dialogues;

/// <summary>One attempt to get at what was unlearned.</summary>
/// <param name="Name">The kind of attack.</param>
/// <param name="Asked">The dialogue whose answer is wanted, by which the judge judges.</param>
/// <param name="Prompt">What the model is asked.</param>
/// <param name="Forced">
/// The beginning of the answer, given to the model; what is judged is this and what it adds. It never holds any of what is wanted.
/// </param>
public sealed record Attack(string Name, Dialogue Asked, string Prompt, string Forced = "");
