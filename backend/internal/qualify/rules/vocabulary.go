package rules

import "fmt"

// vocabulary names the concepts that the code itself asks for.
type vocabulary struct {
	neg, num, numword, first, we, my, second, they, but, still, question, freq, duration                                                                     concept
	want, askPeers, askVendor, featureAsk, evaluate, soon, engaged, grow                                                                                     concept
	sell, sellYou, salesTitle, sellCompany, competeWord, teachTitle, teach                                                                                   concept
	seekJob, hire, hireStrong, jobWord, decline, engageHead, otherProduct, addressAll, agency, clientAd, study, press, studyTitle, studyCompany, news, spam  concept
	negated, notNow, solved, usedTo, stillBad, otherParty, familyFirm, consumer, sarcasm, praise                                                             concept
	greeting, offer, ownerReply, leaving                                                                                                                     concept
	urgent, nearTime, midTime, deadline, crisis                                                                                                              concept
	decider, selfOwner, ownVerb, bizNoun, selfInfluence, influence, deputy                                                                                   concept
	scaleUnit, toolName, incident, budget, reqDetail, money, manual, system, excel, paper, stock                                                             concept
	clock, numDur, headOf, pitch, nowW, hearsay, solvedStrong, stopped, improve, bigFig, ringout, thisTime, roleHere, solo, peopleUnit, peopleSoft, siteUnit concept
	customer, mess, cancel, wrong, late, lost, dispatch, accountSys, order, ticket, voice, dentist                                                           concept
}

func newVocabulary(l *lexicon) (*vocabulary, error) {
	v := &vocabulary{}
	var missing []string
	for name, at := range map[string]*concept{
		"NEG": &v.neg, "NUM": &v.num, "NUMWORD": &v.numword, "FIRST": &v.first, "WE": &v.we, "MY": &v.my, "SECOND": &v.second,
		"THEY": &v.they, "BUT": &v.but, "STILL": &v.still, "QUESTION": &v.question, "FREQ": &v.freq, "DURATION": &v.duration,
		"WANT": &v.want, "ASKPEERS": &v.askPeers, "ASKVENDOR": &v.askVendor, "FEATUREASK": &v.featureAsk,
		"EVALUATE": &v.evaluate, "SOON": &v.soon, "ENGAGED": &v.engaged, "GROW": &v.grow, "SELL": &v.sell,
		"SELLYOU": &v.sellYou, "SALESTITLE": &v.salesTitle, "SELLCOMPANY": &v.sellCompany, "COMPETEWORD": &v.competeWord,
		"TEACHTITLE": &v.teachTitle, "TEACH": &v.teach, "SEEKJOB": &v.seekJob, "HIRE": &v.hire, "HIRESTRONG": &v.hireStrong, "JOBWORD": &v.jobWord, "DECLINE": &v.decline,
		"ENGAGEHEAD": &v.engageHead, "OTHERPRODUCT": &v.otherProduct, "ADDRESSALL": &v.addressAll, "CLOCK": &v.clock, "PITCH": &v.pitch, "HEARSAY": &v.hearsay, "SOLVEDSTRONG": &v.solvedStrong, "STOPPED": &v.stopped, "IMPROVE": &v.improve, "BIGFIG": &v.bigFig, "RINGOUT": &v.ringout, "NOWW": &v.nowW, "HEADOF": &v.headOf, "NUMDUR": &v.numDur, "AGENCY": &v.agency,
		"CLIENTAD": &v.clientAd, "STUDY": &v.study, "PRESS": &v.press, "STUDYTITLE": &v.studyTitle,
		"STUDYCOMPANY": &v.studyCompany, "NEWS": &v.news, "SPAM": &v.spam, "NEGATED": &v.negated, "NOTNOW": &v.notNow,
		"SOLVED": &v.solved, "USEDTO": &v.usedTo, "STILLBAD": &v.stillBad, "OTHERPARTY": &v.otherParty,
		"FAMILYFIRM": &v.familyFirm, "CONSUMER": &v.consumer, "SARCASM": &v.sarcasm, "PRAISE": &v.praise,
		"GREETING": &v.greeting, "OFFER": &v.offer, "OWNERREPLY": &v.ownerReply, "LEAVING": &v.leaving,
		"URGENT": &v.urgent, "NEARTIME": &v.nearTime, "MIDTIME": &v.midTime, "DEADLINE": &v.deadline, "CRISIS": &v.crisis,
		"DECIDER": &v.decider, "SELFOWNER": &v.selfOwner, "OWNVERB": &v.ownVerb, "BIZNOUN": &v.bizNoun, "SELFINFLUENCE": &v.selfInfluence, "INFLUENCE": &v.influence, "DEPUTY": &v.deputy,
		"SCALEUNIT": &v.scaleUnit, "TOOLNAME": &v.toolName, "INCIDENT": &v.incident, "BUDGET": &v.budget,
		"REQDETAIL": &v.reqDetail, "MONEY": &v.money, "MANUAL": &v.manual, "SYSTEM": &v.system, "EXCEL": &v.excel,
		"PAPER": &v.paper, "STOCK": &v.stock, "CUSTOMER": &v.customer, "MESS": &v.mess, "CANCEL": &v.cancel,
		"WRONG": &v.wrong, "LATE": &v.late, "LOST": &v.lost, "DISPATCH": &v.dispatch, "ACCOUNTSYS": &v.accountSys,
		"THISTIME": &v.thisTime, "ROLEHERE": &v.roleHere, "SOLO": &v.solo, "PEOPLEUNIT": &v.peopleUnit,
		"PEOPLESOFT": &v.peopleSoft, "SITEUNIT": &v.siteUnit, "ORDER": &v.order, "TICKET": &v.ticket, "VOICE": &v.voice, "K_DENTAL": &v.dentist,
	} {
		c, ok := l.names[name]
		if !ok {
			missing = append(missing, name)
			continue
		}
		*at = c
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("the lexicon lacks %v", missing)
	}
	return v, nil
}
