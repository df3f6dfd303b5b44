"""Whether what stands in 《》 is a law, rule or standard, and not a book, a form or a house rule."""

import re

_TRAILING_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]$")
_ENDINGS = re.compile(
    r"(?:法|法典|条例|规定|办法|规程|规范|标准|细则|导则|准则|规则|通则|总则|目录|名录|修正案|大纲|判定"
    r"|(?:基本|通用|技术|安全|管理|卫生|一般|设计)(?:要求|条件)|许可证条例)$"
)
_PART = re.compile(r"(?:规程|规范|标准|导则|规则|通则|要求|条件)[ 　:：]+\S|第\s*\d+\s*部分")
_ABOUT = re.compile(
    r"^(?:.*关于.+|.*(?:国务院|中共中央|最高人民).*)(?:通知|意见|决定|公告|批复|解释|通报|规划|函|方案|命令)$"
)
_NATIONAL = re.compile(
    r"^(?:国家|全国|中华人民共和国|[\u4e00-\u9fff]{2,3}[省市]|.{2,6}经济特区).*(?:制度|指南|公约|纲要|章程|清单|方案|预案|行动计划)$"
)
_NOT_LAWS = re.compile(
    r"(?:方|做|看|想|说|手|书|兵|语|文|用|疗|治疗|工作|操作|作业|呼吸|复苏|急救|按压|检查|分析|评价|评估|教学|学习|记忆|测量|实验|试验|灭火|止血|包扎|搬运|固定|拳|魔|历|佛|[一二三四五六七八九十百]|[步字大])法$"
)
_NOT_RULES = re.compile(
    r"(?:图书|书|课程|教材|产品|商品|文件|档案|资料|(?<!特种)设备)(?:目录|名录)$|(?:游戏|比赛|竞赛|课堂)规则$"
    r"|(?:课程|教学|授课|写作|复习)大纲$|^.{0,4}(?:解决|处理|急救|好)办法$"
)
_HOUSE = re.compile(
    r"员工|学员|学生|班组|班级|车间|有限公司|分公司|集团|项目部|食堂|宿舍|[本我][厂站公司单位矿校队]|^公司(?!法)|^企业内部|^岗位|^安全操作规程$"
    r"|^(?!.{0,4}(?:加油|加气|变电|发电|水电|充电|泵))[^(（〈]{2,5}(?:站|厂|公司|矿|队)(?!.*(?:法|条例|规范|标准|导则)$)"
)
_BOOK = re.compile(r"(?:教材|读本|释义|解读|手册|教程|问答|题库|指引|图集|讲义|课程|案例|知识|技术|常识)$")
_LEFT_OUT = re.compile(r"…|\.{3}|[×xX*]{2}|_")
_GENRE_ONLY = re.compile(r"^(?:本|该)?(?:法|条例|规定|办法|规程|规范|标准|细则|导则|准则|规则|目录|大纲)$")


def is_instrument(title: str) -> bool:
    """Whether `title` is built like the title of a law, rule or standard."""
    bare = _without_brackets(title)
    if _LEFT_OUT.search(bare) or _GENRE_ONLY.match(bare) or _HOUSE.search(bare):
        return False
    if _ABOUT.match(bare) or _NATIONAL.match(bare):
        return True
    return bool(_ENDINGS.search(bare) or _PART.search(bare)) and not (
        _NOT_LAWS.search(bare) or _NOT_RULES.search(bare)
    )


def is_something_else(title: str) -> bool:
    """Whether `title` names a book, a course or a house rule; an article after it makes it no law."""
    return bool(_BOOK.search(title) or _HOUSE.search(title))


def _without_brackets(title: str) -> str:
    bare = title
    while _TRAILING_BRACKET.search(bare):
        bare = _TRAILING_BRACKET.sub("", bare)
    return bare.rstrip("0123456789年版-— ")
