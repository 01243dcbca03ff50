package rules

const weakTriggers = `system user users agent rate rank lead leads end begin rules policy guidelines guideline criteria
function tool priority hot task print repeat label labels mark treat admin human reply respond rating safety
start bot decision context qualify upgrade qualified content`

const triggers = `ignore ignores ignoring ignored disregard disregards forget override overrides overriding bypass void
supersede superseded instruction instructions rubric prompt prompts score scores scored scoring grade graded grades
grading rate rank classify classified classification classifier evaluator evaluators grader assistant system ai llm gpt
chatgpt claude gemini model models jailbreak dan developer admin administrator root a+ aplus json output respond reply
label labels labelled assign mark treat qualify qualified disqualify disqualified disqualifier disqualifiers urgency
authority specificity evidence decision_maker decision user inst sys im_start im_end begin end lead leads rating
upgrade priority hot reveal repeat print task directive directives policy guidelines guideline criteria rules safety
scorer untrusted reviewer author writer sender poster prospect decode obey base64 scoring bot agent function tool tool_call ignora ignorar ignorad olvida califica clasifica puntua puntuacion
instrucciones asigna ignoriere ignorier vergiss anweisungen bewerte bewertung ignorez ignore oubliez oublie notez
classez attribuez instructions ignorar ignoru ignorem desconsidere esqueca instrucoes classifique pontuacao ignorare
istruzioni valuta punteggio negeer instructies beoordeel zignoruj instrukcje ocen nirdesh nirdeshon nazarandaz निर्देश
निर्देशों अनदेखा अनदेखी नज़रअंदाज़ ग्रेड अंक تجاهل التعليمات تعليمات قيم صنف اعتبر درجة التقييم игнорируй игнорируйте
инструкции инструкций оценку оценка оцени поставь забудь talimatlari yoksay puan abaikan instruksi ignorera`

// orderPatterns run on a folded sentence: lower case, single spaces, signs apart, look-alike letters made Latin.
func orderPatterns() []string {
	return []string{
		// lift the rules
		`\b(ignore|disregard|forget|override|overrid\w*|bypass|discard|neglect|skip|drop|void|supersed\w*)\b.{0,60}\b(instruction\w*|previous|prior|above|earlier|rubric|prompt\w*|guideline\w*|criteria|polic\w+|system|scoring|grading|safety|context|directive\w*|everything (you|before|above)|what you were)\b`,
		`\b(rubric|instructions?|prompt|rules|criteria|scoring|grading|guidelines)\b.{0,40}\b(void|obsolete|superseded|overridden|replaced|no longer appl\w+|does not apply|do not apply|changed|updated|suspended|cancell?ed)\b`,
		`\bnew (instructions?|directives?|task|system prompt|rules? for (the )?(ai|model|scor\w+))\b`,
		`\b(do not|don't|never|stop) (follow|obey|apply|use|appl\w+)\b.{0,30}\b(rubric|instructions?|rules|prompt|criteria|disqualif\w*)\b`,
		// order a result
		`\b(score|grade|rate|rank|classify|mark|label|assign|set|give|output|return|respond|answer|print|treat|consider|qualify|evaluate|upgrade|count|put|flag|tag|categori[sz]e|record|write|emit|make|assume|bump|raise|promote|award|report|use|change)\b.{0,50}(\ba \+|\ba plus\b|\baplus\b|\btop (lead|score|grade)\b|\bhot lead\b|\bhighest (score|grade|rating|priority|tier|possible)\b|\b(maximum|perfect|full|top) (score|grade|points|rating|marks)\b|\bdecision ?_ ?maker\b|\b(high|max\w*) urgency\b|\burgency ?(=|:|to|as|is)? ?(high|max)|\bspecificity\b|\b(as|is|=) qualified\b|\b100 ?/ ?100\b|\b10 ?/ ?10\b|\bdisqualif\w+)`,
		`\b(score|grade|rate|rank|classify|evaluate|qualify|upgrade|promote|bump|re-?score|re-?grade|approve)\b.{0,20}\b(this|the|my|our) (lead|post|author|prospect|poster|record|enquiry|inquiry|submission|message|comment)\b`,
		`\b(treat|mark|flag|consider|label|count|categori[sz]e|tag) (this|the|my|our) (lead|post|author|prospect|poster|record|enquiry|inquiry|submission|message|comment)\b.{0,15}\b(as|to)\b`,
		`\b(grade|score|rating|classification|verdict|urgency|authority|specificity|evidence|fit|label|disqualif\w+)["']? ?(:|=|is|must be|should be|→|- >|=>) ?["']?(a ?\+|a plus|a\b|high|max\w*|10\b|100\b|9\d\b|in\b|explicit|decision|null|none|true|top|perfect|hot)`,
		`\b(this|the) (lead|post|author|record|prospect|entry|row) (is|must|should|deserves|has to|qualif\w+|needs to)\b.{0,40}(\ba \+|\ba plus\b|\bgrade\b|\bscor\w+\b|\bqualif\w+\b|\bdecision ?_? ?maker\b|\bhot\b|\bpriority\b|\btop\b|\burgen\w+|\bapproved?\b)`,
		`\ba \+ ?(grade|lead|score|rating|prospect)\b`, `\b(leads?|posts?|prospects?) (is|are)\b.{0,20}\ba \+`,
		`\bgrade a ?\+`,
		`\bquote this (line|sentence|text)\b`,
		`\b(do not|don't|never) (disqualify|mark|flag|downgrade|lower|reject)\b.{0,40}\b(this|lead|post|d|spam|as)\b`,
		// speak to the machine
		`\b(decode|decrypt|obey|execute)\b.{0,20}\b(and|this|the|it|following|obey|base64|command|message)\b`,
		`^ ?(\W ?)*(system|assistant|user|developer|admin|human|ai|tool|function|instruction|instructions|system prompt|system message|system note|system override|note to ai|ai note)\b ?(\] ?|> ?|\) ?)*(:|>|\|)`,
		`\b(system|assistant|user|developer|admin) ?(\] ?|> ?)?: ?(you|set|the|this|that|ignore|grade|score|all|any|assign|output|now|always|never|mark|give|please|lead|respond|treat)\b`,
		`\b(system prompt|system message|system override|developer mode|god mode|admin mode|debug mode|jailbreak|do anything now|hidden instructions?|initial prompt|prompt injection)\b`,
		`\b(note|message|attention|memo|instruction|instructions|hint|reminder|dear|hello|hi|hey|attn|notice|command|to)\b ?:? ?(to|for)? ?(the |all |any )?(ai|a\.i|llm|gpt|chatgpt|claude|gemini|language model|model|scorer|evaluator|classifier|grader|scoring (engine|system|model|bot)|lead scor\w+|automated (system|reviewer|scor\w+)|reviewer bot|bot|assistant|parser|crawler|agent)s?\b.{0,80}`,
		`\b(if|when|as|since) (you|u) (are|r|re|'re)? ?(an? )?(ai|a\.i|llm|language model|large language model|gpt|bot|automated|machine|model|assistant|reading this as)\b`,
		`\b(you are|you're|act as|pretend|behave as|roleplay) (now |to be )?(an? |the )?(ai|assistant|model|dan|unrestricted|evil|helpful|lead scor\w+|scor\w+|sales assistant|admin|administrator|grader|evaluator|different|new)\b`,
		`\b(reveal|print|repeat|show|output|leak|dump|display|tell me)\b.{0,30}\b(your|the|system|all) ?(own )?(system |hidden |initial |full )?(prompt|instructions|rubric|other leads|secrets?|api key|configuration|guidelines)\b`,
		`\b(begin|end|start|close|stop)\b ?(of )?(the )?(admin|system|untrusted|trusted|input|data|lead|content|document|prompt|user|instructions?|context|quote|text|post|record)\b ?(data|input|block|content|message|text|override|section)? ?(\]|>|-|:|$|\.)`,
		`\b(respond|reply|answer|output|return) (only|exclusively|just|strictly|solely)? ?(with|in|using|as)\b.{0,30}(json|\{|a \+|grade|score|"|yes|true)`,
		`\b(im_start|im_end|endoftext|inst|sys|tool_call|function_call|eot_id|start_header_id)\b ?(\||\]|>)`,
		`\b(scoring|lead|qualification|grading) (engine|model|ai|bot|algorithm|pipeline)\b.{0,40}\b(must|should|shall|please|will)\b`,
		`" ?(grade|score|urgency|authority|evidence|disqualifier|disqualify ?_ ?reason|specificity|pain ?_ ?points|claims|verdict|fit) ?" ?:`,
		`\b(the )?(author|writer|sender) of this (post|lead|message|text|comment|record)\b`,
		`\b(lead|post|record|text|author) (above|below) (is|must|should|has)\b`,
		// other languages
		`\b(ignora|ignorad|ignore|ignorar|olvida|olvidad|omite|descarta)\b.{0,40}\b(instruction\w*|anterior\w*|reglas|todo lo|rubrica|previas)\b`,
		`\b(califica|clasifica|puntua|asigna|marca|evalua|valora|otorga|pon)\b.{0,50}(\ba \+|\blead\b|\bpuntuacion\b|\bnota\b|\bmaxim\w+|\bcliente potencial\b)`,
		`\b(ignoriere?n?|vergiss|missachte|verwirf|ubergehe)\b.{0,40}\b(anweisung\w*|vorherig\w*|vorig\w*|bisherig\w*|regeln|alles|obig\w*|richtlinien)\b`,
		`\b(bewerte|klassifiziere|stufe|vergib|setze|gib|markiere)\b.{0,50}(\ba \+|\blead\b|\bnote\b|\bbestnote\b|\bhochste\w*|\bpunktzahl\b)`,
		`\b(ignore[zr]?|oublie[zr]?|ne tenez pas compte)\b.{0,50}\b(instructions?|precedent\w*|consignes?|regles|ci-dessus)\b`,
		`\b(notez|note|classez|attribuez|evaluez|donnez)\b.{0,50}(\ba \+|\bprospect\b|\bnote maximale\b|\bce lead\b)`,
		`\b(ignore|ignorem?|desconsidere|esqueca|ignora|dimentica)\b.{0,40}\b(instruc\w+|anteriores|istruzioni|precedenti|regras|regole)\b`,
		`\b(classifique|avalie|pontue|atribua|valuta|assegna|classifica)\b.{0,50}(\ba \+|\blead\b|\bnota\b|\bpunteggio\b)`,
		`\b(pichl\w*|purane|sab|saare|upar ke)?\b.{0,20}\b(instructions?|nirdesh\w*|rules|niyam)\b.{0,25}\b(ignore|bhool|nazarandaz|chhod|hata)\w*`,
		`\b(lead|ise|isko|is lead ko)\b.{0,30}\ba \+.{0,20}\b(do|de|dena|grade|mark|score)\b`,
		`(निर्देश|नियम).{0,40}(अनदेखा|अनदेखी|नज़रअंदाज़|भूल|ध्यान न)`, `(ग्रेड|अंक|स्कोर|लीड).{0,30}(a \+|दें|दो|सर्वोच्च|अधिकतम)`,
		`(تجاهل|تجاهلي|تجاهلوا|انس|اهمل).{0,40}(التعليمات|تعليمات|السابقة|القواعد|ما سبق)`, `(قيم|قيّم|صنف|صنّف|امنح|اعط|أعط|اعتبر|ضع).{0,40}(a \+|درجة|العميل|أعلى|التقييم)`,
		`(игнорируй|игнорируйте|забудь|забудьте|отмени).{0,50}(инструкц|правил|предыдущ|указан)`, `(оцени|оцените|поставь|поставьте|присвой|присвойте).{0,50}(a \+|а \+|оценк|балл|лид)`,
		`(忽略|无视|忘记|忽視|無視).{0,30}(指令|指示|说明|提示|规则|以上|之前|前)`, `(评分|评级|评为|打分|标记为|评估为|評価|スコア|等级).{0,20}(a ?\+|最高|100|满分)`, `(指示|指令|命令|规则|説明).{0,20}(無視|无视|忽略|忘)`, `a ?\+.{0,10}(評価|评|打分|평가)`, `(지시|지침).{0,20}무시`,
		`\b(yoksay|gormezden gel|unut)\b|\btalimatlar\w* .{0,20}(yoksay|unut)`, `\b(negeer|vergeet)\b.{0,40}\b(instructies|vorige|eerdere|regels)\b`, `\b(zignoruj|zapomnij)\b.{0,40}\b(instrukcj\w*|poprzedni\w*)\b`,
		`\babaikan\b.{0,40}\b(instruksi|perintah|sebelumnya)\b`,
	}
}

// tailPattern: a sentence right after an order is part of it when it talks of scoring or of the author as a case.
const tailPattern = `(\ba \+|\bgrades?\b|\bscor(e|es|ed|ing|er)\b|\brubric\b|\burgency\b|\bauthority\b|\bspecificity\b|\bevidence\b|\bdecision ?_? ?maker\b|\bdisqualif\w+|\bjson\b|\boutput\b|\bclassif\w+|\brating\b|\b(this|the) (lead|author|post|prospect|person|poster|record|user|company)\b|\binstructions?\b|\bprompt\b|\bqualified\b|\bpriority\b|\bhot lead\b|\bevaluat\w+|\bquote\b.{0,20}\bpain\b|\bconfirm\b|\bcomply\b|\bcompliance required\b|\bthank you for\b|\breturn only\b|\brespond\b|\blead\b.{0,20}\bqualif|\bassistant\b|\bsystem\b ?:|\bmodel\b)`

// hiddenPatterns run on the raw text: what a browser would not show, and what is no language at all.
func hiddenPatterns() []string {
	return []string{
		`(?s)<!--.*?(-->|$)`,
		`(?s)/\*.*?\*/`,
		`(?is)<(style|script|template|noscript|svg|iframe|object|title|head)\b[^>]*>.*?(</(style|script|template|noscript|svg|iframe|object|title|head)\s*>|$)`,
		`(?is)<(\w+)[^>]*(display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0|color\s*:\s*(#fff(fff)?|white|transparent)|hidden\b|aria-hidden|left\s*:\s*-\d{3,}|height\s*:\s*0|width\s*:\s*0)[^>]*>.*?(</\w+\s*>|$)`,
		`(?s)</?[a-zA-Z!?|][^<>]{0,400}>`,
		`(?is)\[/?(inst|sys|system|admin|begin [a-z ]+|end [a-z ]+|assistant|user)\]`,
		`(?is)\[begin [^\]]{1,40}\].*?(\[end [^\]]{1,40}\]|$)`,
		`(?is)\[inst\].*?(\[/inst\]|$)`,
		`(?is)<<sys>>.*?(<</sys>>|$)`,
		`(?is)<\|[a-z_]+\|>.*?(<\|[a-z_]+\|>|$)`,
		`(?is)\{[^{}]{0,40}"(grade|score|urgency|authority|evidence|disqualifier|disqualify_reason|specificity|pain_points|fit|role|system|instruction|instructions|override|label|result|verdict|tool|function|qualified|name)"\s*:[^{}]{0,600}(\{[^{}]*\}[^{}]*)*\}?`,
		"(?is)```.*?(```|$)",
		`(?i)!?\[[^\]]{0,300}\]\((?:https?:|data:|javascript:)[^)]{0,500}\)`,
		`(?i)\b(?:[0-9a-f]{2}[ :]?){14,}\b`,
		`(?:%[0-9A-Fa-f]{2}){3,}[%0-9A-Za-z+.]*`,
		`(?:\\u[0-9a-fA-F]{4}){3,}`,
		`(?:&#x?[0-9a-fA-F]{2,6};){3,}`,
		`(?i)\b(?:[01]{8}[ ]?){4,}`,
	}
}
