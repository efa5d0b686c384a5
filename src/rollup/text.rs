//! The words of the page, in both languages.

use crate::plan::Domain;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Its BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// One of two texts.
    pub(super) const fn of<'t>(self, english: &'t str, chinese: &'t str) -> &'t str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// The heading of a measure.
    pub(super) fn measure(self, measure: &str) -> String {
        let named = match measure {
            "alert" => self.of("Most urgent alert", "最紧急的警示"),
            "alert_acted" => self.of("Alerts acted on in time", "警示是否及时处理"),
            "review" => self.of("The next assessment", "下一次评估"),
            "basis" => self.of("What the needs rest on", "需要的依据"),
            "unscreened" => self.of("A safety question without an answer", "有安全问题未得到回答"),
            "version" => self.of("Version of the questionnaire", "问卷版本"),
            "legal.left_behind" => self.of("Left-behind child", "留守儿童"),
            "legal.de_facto_unattended" => self.of("De facto unattended child", "事实无人抚养儿童"),
            "score.gb26" => self.of("Level of ability, older people", "老年人能力等级"),
            _ => {
                return match measure.split_once('.') {
                    Some(("domain", name)) => match name.parse() {
                        Ok(domain) => format!("{domain} {}", self.domain(domain)),
                        Err(()) => measure.to_owned(),
                    },
                    Some(("consent", purpose)) => {
                        format!("{} {}", self.of("Consent:", "同意："), self.purpose(purpose))
                    }
                    _ => measure.to_owned(),
                };
            }
        };
        named.to_owned()
    }

    fn purpose(self, purpose: &str) -> &str {
        match purpose {
            "case_service" => self.of("case service", "个案服务"),
            "anonymous_statistics" => self.of("anonymous statistics", "匿名统计"),
            "sensitive_health" => self.of("sensitive health answers", "敏感健康信息"),
            "minor_information" => self.of("information on a minor", "未成年人信息"),
            "share_school" => self.of("sharing with the school", "与学校共享"),
            "share_health_centre" => self.of("sharing with the health centre", "与卫生院共享"),
            "share_committee" => self.of("sharing with the village committee", "与村（居）委会共享"),
            "share_civil_affairs" => self.of("sharing with civil affairs", "与民政部门共享"),
            "family_contact" => self.of("contact with the family", "联系家人"),
            "wechat_group" => self.of("a WeChat group", "微信群"),
            "photo" => self.of("photographs", "拍照"),
            other => other,
        }
    }

    const fn domain(self, domain: Domain) -> &'static str {
        match domain {
            Domain::D01 => self.of("Safety and protection", "安全与保护"),
            Domain::D02 => self.of("Food and money", "食物与经济"),
            Domain::D03 => self.of("Housing and utilities", "住房与水电"),
            Domain::D04 => self.of("Health and access to care", "健康与就医"),
            Domain::D05 => self.of("Daily function", "日常生活能力"),
            Domain::D06 => self.of("Mind and mood", "心理与情绪"),
            Domain::D07 => self.of("Family, guardianship, carers", "家庭、监护与照料者"),
            Domain::D08 => self.of("Social ties and belonging", "社会联系与归属感"),
            Domain::D09 => self.of("Learning and development", "学习与发展"),
            Domain::D10 => self.of("Work and skills", "就业与技能"),
            Domain::D11 => self.of("Papers, rights, benefits", "证件、权益与福利"),
            Domain::D12 => self.of("Language, literacy, digital", "语言、识字与数字能力"),
        }
    }

    /// The name of a category.
    pub(super) fn category(self, measure: &str, category: &str) -> String {
        let domain = measure.starts_with("domain.");
        let named = match category {
            "0" if domain => self.of("0 none", "0 无"),
            "1" if domain => self.of("1 watch", "1 关注"),
            "2" if domain => self.of("2 act", "2 需介入"),
            "3" if domain => self.of("3 act now", "3 立即介入"),
            "not_assessed" => self.of("not assessed", "未评估"),
            "not_determined" => self.of("not determined", "未能确定"),
            "R0" => self.of("R0 now", "R0 立即"),
            "R1" => self.of("R1 within a day", "R1 一天内"),
            "R2" => self.of("R2 within three days", "R2 三天内"),
            "R3" => self.of("R3 within ten working days", "R3 十个工作日内"),
            "none" => self.of("none", "无"),
            "normative_only" => self.of("rules only", "仅依规则"),
            "expressed_only" => self.of("own words only", "仅本人表达"),
            "both" => self.of("both", "两者皆有"),
            "in_time" => self.of("in time", "及时"),
            "late" => self.of("late", "超时处理"),
            "overdue" => self.of("overdue", "逾期未处理"),
            "open" => self.of("open, not due", "未到期"),
            "time_unknown" => self.of("time unknown", "时间不详"),
            "done" => self.of("done", "已完成"),
            "not_due" => self.of("not due yet", "未到期"),
            "received" => self.of("received", "已获得"),
            "agreed" => self.of("agreed", "已约定"),
            "asked" => self.of("asked for", "本人提出"),
            "suggested" => self.of("suggested", "建议"),
            "answered" => self.of("answered", "已回答"),
            "declined" => self.of("declined", "拒绝"),
            "no_answer" => self.of("no answer, other reason", "其他原因未答"),
            "not_asked" => self.of("not asked", "未询问"),
            "granted" => self.of("granted", "同意"),
            "withdrawn" => self.of("withdrawn", "已撤回"),
            "yes" | "true" => self.of("yes", "是"),
            "no" | "false" => self.of("no", "否"),
            "unknown" => self.of("not known", "不详"),
            other => other,
        };
        named.to_owned()
    }
}
