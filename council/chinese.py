"""Chinese data of this room: defaults that a committee may edit."""

RULES_NAME = "社区党员议事会议事规则"
