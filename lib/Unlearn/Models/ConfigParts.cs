using Unlearn.Tokenization.Reading;

namespace Unlearn.Models;

/// <summary>What configurations say, with complaints that name the place.</summary>
internal static class ConfigParts
{
    extension(JsonPart config)
    {
        /// <summary>A positive whole number that has to be there.</summary>
        public long Size(string name) => config[name] is var part && part.Number() is > 0 and var size ? size : throw part.Not("positive");

        /// <summary>A positive whole number, with what it is where missing.</summary>
        public long Size(string name, long missing) => config.Find(name) is null ? missing : config.Size(name);

        /// <summary>A positive number that has to be there.</summary>
        public double Positive(string name) =>
            config[name] is var part && part.Real() is > 0 and var value ? value : throw part.Not("positive");

        /// <summary>A positive number, with what it is where missing.</summary>
        public double Positive(string name, double missing) => config.Find(name) is null ? missing : config.Positive(name);

        /// <summary>The width of a head where it is set and not what it would be anyhow.</summary>
        public long? HeadWidth(long width, long heads, long? missing = null) =>
            (config.Find("head_dim") is null ? missing : config.Size("head_dim")) is { } own && own * heads != width ? own : null;

        /// <summary>Refuses a text that would be read but computed otherwise.</summary>
        /// <param name="name">Which.</param>
        /// <param name="known">What is computed; the first is meant where the text is missing.</param>
        public void Expect(string name, params string[] known)
        {
            if (config.Find(name) is not { } part || known.Contains(part.Text())) return;
            throw part.Not(string.Join(" or ", known.Select(text => $"\"{text}\"")));
        }

        /// <summary>Refuses a switch that would be read but computed otherwise.</summary>
        /// <param name="name">Which.</param>
        /// <param name="known">What is computed, and what is meant where the switch is missing.</param>
        public void Expect(string name, bool known)
        {
            if (config.Flag(name, missing: known) != known) throw config[name].Not(known ? "true" : "false");
        }
    }
}
