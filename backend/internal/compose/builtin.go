package compose

// Names of the built-in templates: the first is for a lead whose pain is quoted, the second for one that asked.
const (
	BuiltinPain    = "Their pain, in their words"
	BuiltinRequest = "They asked"
)

// builtins are written at the first start and can be edited like any other.
func builtins() []Template {
	return []Template{
		{
			Name: BuiltinPain, Builtin: true,
			Subject: "{{pain}} at {{company|your company}}",
			Body: "Hi {{first_name|there}},\n\nyou wrote: “{{pain_quote}}”\n\n" +
				"That is the problem {{our_company}} was made for: {{one_liner}}\n\n" +
				"Would fifteen minutes this week help to see whether it fits {{company|your team}}? " +
				"If not, just say so and I won't write again.\n\n{{sender_name}}\n{{our_company}}",
		},
		{
			Name: BuiltinRequest, Builtin: true,
			Subject: "Your question about {{company|your business}}",
			Body: "Hi {{first_name|there}},\n\nyou wrote: “{{quote}}”\n\n" +
				"{{our_company}} may be what you are looking for: {{one_liner}}\n\n" +
				"Shall I send you a short outline for {{company|your team}}, or would you rather see it live for fifteen minutes? " +
				"If neither, just say so and I won't write again.\n\n{{sender_name}}\n{{our_company}}",
		},
	}
}
